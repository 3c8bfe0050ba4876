package io.kryla.hil.report;

/** A picture of so many pixels that can be drawn on a page of any kind. */
interface Plot {
    String title();

    int width();

    int height();

    void draw(Drawing out);

    /** As part of an HTML page. */
    default String svg() {
        var svg = new Svg(width(), height(), title());
        draw(svg);
        return svg.close();
    }
}
