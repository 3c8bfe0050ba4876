package io.kryla.telemetry;

import java.util.Optional;

/**
 * The name of one flight log: {@code <endorsed prefix>/<boot>/<profile>}, where the prefix ends with the airframe's serial
 * (protocol.md §6.3). It is the origin line of every checkpoint of the log and the name of the key that signs it.
 */
public record FlightOrigin(String prefix, long boot, String profile) {
    public FlightOrigin {
        if (prefix.isEmpty() || prefix.length() > 200 || !prefix.matches("[!-*,-~]+")) {
            throw new IllegalArgumentException("prefix \"" + prefix + "\" must be visible ASCII without '+'");
        }
        if (boot < 1) {
            throw new IllegalArgumentException("boot is " + boot + ", boots count from 1");
        }
        if (!profile.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("profile \"" + profile + "\" is not a profile name");
        }
    }

    /** Empty when the text is not an origin in its one form. */
    public static Optional<FlightOrigin> parse(String text) {
        int profileAt = text.lastIndexOf('/');
        int bootAt = profileAt < 1 ? -1 : text.lastIndexOf('/', profileAt - 1);
        if (bootAt < 1) {
            return Optional.empty();
        }
        try {
            String boot = text.substring(bootAt + 1, profileAt);
            FlightOrigin origin =
                    new FlightOrigin(text.substring(0, bootAt), Long.parseLong(boot), text.substring(profileAt + 1));
            return origin.text().equals(text) ? Optional.of(origin) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The last part of the prefix. */
    public String serial() {
        return prefix.substring(prefix.lastIndexOf('/') + 1);
    }

    public String text() {
        return prefix + "/" + boot + "/" + profile;
    }

    @Override
    public String toString() {
        return text();
    }
}
