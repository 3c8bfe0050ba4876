package io.kryla.companion;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.AirframeAgentBuilder;
import io.kryla.airframe.FolderSecureElement;
import io.kryla.airframe.FolderStorage;
import io.kryla.airframe.SecureElement;
import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an installation chooses, from a {@code .properties} file in UTF-8; relative paths are from where that file lies.
 *
 * @param storage folder of what provisioning left on the airframe
 * @param secureElement folder of its keys
 * @param secret file with what opens the keys
 * @param firmware image that runs on the board: the log and {@code Hello} name its digest
 * @param grounds to keep a session with, the leading one first
 * @param beacons where to listen for beacons of others, if at all
 */
record Settings(
        Path storage,
        Path secureElement,
        Path secret,
        Path firmware,
        List<InetSocketAddress> grounds,
        Optional<InetSocketAddress> beacons) {
    private static final Set<String> NAMES =
            Set.of("storage", "secure-element", "secret", "firmware", "grounds", "beacons");
    private static final long LARGEST_SECRET_BYTES = 1024;

    Settings {
        grounds = List.copyOf(grounds);
    }

    /** @throws KrylaException SETTINGS_MISSING, SETTINGS_UNKNOWN, SETTINGS_WRONG */
    static Settings read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(file + " cannot be read as settings: " + e);
        }
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(NAMES);
        if (!unknown.isEmpty()) {
            throw new KrylaException(
                    "SETTINGS_UNKNOWN", file + " has " + unknown + "; known are " + new TreeSet<>(NAMES), false);
        }
        Path home = file.toAbsolutePath().resolveSibling("");
        return new Settings(
                present(home, properties, "storage"),
                present(home, properties, "secure-element"),
                present(home, properties, "secret"),
                present(home, properties, "firmware"),
                Stream.of(required(properties, "grounds").split("[,\\s]+"))
                        .map(Settings::address)
                        .collect(Collectors.toList()),
                Optional.ofNullable(properties.getProperty("beacons")).map(Settings::address));
    }

    /** Boots. A board that has a secure element puts its driver in the place of {@link FolderSecureElement}. */
    AirframeAgent agent(SecureRandom random, InstantSource clock, LongSupplier monotonicNanos) {
        SecureElement keys = FolderSecureElement.in(secureElement, secretText(), random);
        AirframeAgentBuilder builder = AirframeAgent.builder()
                .secureElement(keys)
                .storage(FolderStorage.in(storage))
                .firmware(new RunningFirmware(firmware))
                .clock(clock)
                .monotonicNanos(monotonicNanos)
                .random(random)
                .grounds(grounds);
        beacons.ifPresent(builder::beacons);
        return builder.boot();
    }

    private char[] secretText() {
        try {
            if (Files.size(secret) > LARGEST_SECRET_BYTES) {
                throw wrong("secret: at most " + LARGEST_SECRET_BYTES + " bytes expected in " + secret);
            }
            return Files.readString(secret, StandardCharsets.UTF_8).strip().toCharArray();
        } catch (IOException e) {
            throw wrong("secret: " + secret + " cannot be read: " + e);
        }
    }

    private static Path present(Path home, Properties properties, String name) {
        Path path = home.resolve(required(properties, name));
        if (!Files.exists(path)) {
            throw wrong(name + ": there is no " + path);
        }
        return path;
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name, "").strip();
        if (value.isEmpty()) {
            throw new KrylaException(
                    "SETTINGS_MISSING", "setting " + name + " is missing; docs/device.md lists all", false);
        }
        return value;
    }

    private static InetSocketAddress address(String text) {
        try {
            URI parsed = new URI("udp://" + text.strip());
            if (parsed.getHost() != null
                    && parsed.getRawUserInfo() == null
                    && parsed.getPort() > 0
                    && parsed.getRawAuthority().equals(text.strip())) {
                InetSocketAddress address = new InetSocketAddress(parsed.getHost(), parsed.getPort());
                if (!address.isUnresolved()) {
                    return address;
                }
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw wrong("HOST:PORT expected, not \"" + text + "\"");
        }
        throw wrong("HOST:PORT of a host that is known expected, not \"" + text + "\"");
    }

    private static KrylaException wrong(String what) {
        return new KrylaException("SETTINGS_WRONG", what + "; docs/device.md lists all settings", false);
    }
}
