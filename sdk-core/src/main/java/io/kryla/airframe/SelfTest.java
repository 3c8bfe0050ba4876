package io.kryla.airframe;

import io.kryla.v1.MeasuredValue;
import java.util.List;

/** Measures the airframe at rest, through its own sensors. Judging the values is the line's business. */
public interface SelfTest {
    /** One value for each name that this airframe can measure, in the order asked; unknown names are left out. */
    List<MeasuredValue> measure(List<String> names);
}
