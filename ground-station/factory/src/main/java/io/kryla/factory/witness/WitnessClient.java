package io.kryla.factory.witness;

/**
 * The way from a ledger to a witness and back: request bytes out, response bytes in, the same in process, by HTTP or as
 * files on a stick (protocol.md §9.5).
 */
@FunctionalInterface
public interface WitnessClient {
    /**
     * Carries a {@code WitnessRequest} there and a {@code WitnessResponse} back.
     *
     * @return the response's exact bytes, untrusted: the ledger verifies the cosignature in it
     * @throws WitnessException with a retryable code if the witness cannot be reached
     */
    byte[] exchange(byte[] request);

    /** No way to a witness: for work that asks none, and for lines whose requests travel as files. */
    static WitnessClient none() {
        return request -> {
            throw new WitnessException(
                    WitnessException.WITNESS_UNREACHABLE,
                    "no way to a witness is configured; carry its requests as files: kryla witness request",
                    true);
        };
    }
}
