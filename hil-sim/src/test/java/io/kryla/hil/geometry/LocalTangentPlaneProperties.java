package io.kryla.hil.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class LocalTangentPlaneProperties {
    @Property(tries = 300)
    void invertsItself(
            @ForAll @DoubleRange(min = -1.4, max = 1.4) double latitude,
            @ForAll @DoubleRange(min = -3.1, max = 3.1) double longitude,
            @ForAll @DoubleRange(min = -2000, max = 2000) double north,
            @ForAll @DoubleRange(min = -2000, max = 2000) double east) {
        var plane = new LocalTangentPlane(new GeodeticPosition(latitude, longitude, 100));
        assertThat(plane.northMeters(plane.latitudeRadians(north))).isCloseTo(north, within(1e-8));
        assertThat(plane.eastMeters(plane.longitudeRadians(east))).isCloseTo(east, within(1e-8));
    }

    /** A minute of latitude at 45° is 1852.2 m along the meridian of WGS 84. */
    @Example
    void knowsTheLengthOfAMinuteOfLatitude() {
        var plane = new LocalTangentPlane(new GeodeticPosition(Math.toRadians(45), 0, 0));
        assertThat(plane.northMeters(Math.toRadians(45 + 1 / 60.0))).isCloseTo(1852.2, within(0.3));
    }
}
