package io.kryla.ground.stream;

/** Takes samples, one at a time and in order, on a delivery thread; may block. An exception ends the subscription. */
@FunctionalInterface
public interface SampleListener<S> {
    /** Takes the next one. */
    void onSample(S sample);
}
