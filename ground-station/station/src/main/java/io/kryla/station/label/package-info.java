/**
 * Labels of airframes: a QR code and the serial for people, as PNG and PDF, and the way back from a picture to the text. Start
 * with {@link io.kryla.station.label.LabelSheet}.
 */
@NullMarked
package io.kryla.station.label;

import org.jspecify.annotations.NullMarked;
