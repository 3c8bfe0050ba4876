package io.kryla.hil.estimation;

/** The field at the place of flight, from a chart: a controller can measure it, but not know whether it measures right. */
public record MagneticChart(double declinationRadians, double inclinationRadians, double intensityTesla) {}
