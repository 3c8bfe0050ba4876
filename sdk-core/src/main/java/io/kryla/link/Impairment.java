package io.kryla.link;

/**
 * How badly an in-memory link treats datagrams; each probability is of one datagram, in [0, 1).
 *
 * @param loss it never arrives
 * @param duplication it arrives twice
 * @param reordering it arrives after the one sent next
 */
public record Impairment(double loss, double duplication, double reordering) {
    public static final Impairment NONE = new Impairment(0, 0, 0);

    public Impairment {
        requireProbability("loss", loss);
        requireProbability("duplication", duplication);
        requireProbability("reordering", reordering);
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", a probability in [0, 1) is needed");
        }
    }
}
