package io.kryla.hil.report;

/** The few shapes that plots are made of. Pixels, x to the right and y down; what a style looks like is the drawing's. */
interface Drawing {
    void line(String style, double x1, double y1, double x2, double y2);

    void rectangle(String style, double x, double y, double width, double height);

    void circle(String style, double x, double y, double radius);

    void text(String style, double x, double y, String text);

    /** @param points pixel pairs x, y one after the other */
    void polyline(String style, double[] points);

    /** A cross whose arms are {@code arm} long. */
    default void cross(String style, double x, double y, double arm) {
        line(style, x - arm, y - arm, x + arm, y + arm);
        line(style, x - arm, y + arm, x + arm, y - arm);
    }
}
