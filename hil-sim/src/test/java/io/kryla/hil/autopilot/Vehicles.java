package io.kryla.hil.autopilot;

import io.kryla.hil.scenario.VehicleFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Vehicles to fly in tests: the shipped ones by name, and the large one's parts on more arms. */
final class Vehicles {
    private Vehicles() {}

    static VehicleFile named(String name) {
        if (name.equals("hexa")) {
            return onArms(6, 2.2);
        }
        return name.equals("octa") ? onArms(8, 2.9) : VehicleFile.shipped(name);
    }

    /** Arms of 0.28 m at equal angles, the first half a step right of the nose; spins alternate. */
    private static VehicleFile onArms(int arms, double kilograms) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < arms; i++) {
            double angle = 2 * StrictMath.PI * (i + 0.5) / arms;
            points.append(String.format(
                    Locale.ROOT,
                    "    - {x: %.4f, y: %.4f, z: -0.023, spin: %s}%n",
                    0.28 * StrictMath.cos(angle),
                    0.28 * StrictMath.sin(angle),
                    i % 2 == 0 ? "counter-clockwise" : "clockwise"));
        }
        double heavier = kilograms / 1.535;
        String text = shipped()
                .replaceFirst("(?s)    - \\{x: 0\\.13, y: 0\\.22.*?\\n\\n", points + "\n")
                .replace("value: 1.535", "value: " + kilograms)
                .replace("value: 0.029125", "value: " + 0.029125 * heavier)
                .replace("value: 0.055225", "value: " + 0.055225 * heavier)
                .replace("hover-rotor-power: {value: 165", "hover-rotor-power: {value: " + 165 * heavier)
                .replace("stiffness: {value: 2000", "stiffness: {value: " + 2_000 * heavier)
                .replace("damping: {value: 40", "damping: {value: " + 40 * heavier);
        return VehicleFile.parse("arms.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String shipped() {
        try (InputStream in = VehicleFile.class.getResourceAsStream("/vehicles/quad-1500g.yaml")) {
            if (in == null) {
                throw new AssertionError("the large vehicle is shipped");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
