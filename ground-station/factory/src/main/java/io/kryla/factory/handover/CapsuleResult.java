package io.kryla.factory.handover;

/** What became of an untrusted capsule. */
public sealed interface CapsuleResult {
    record Verified(CapsuleFacts facts) implements CapsuleResult {}

    /**
     * @param code of {@link CapsuleFault}, of a document, path or proof, {@code AUTHORISATION_…} or {@code RECEIPT_…}
     * @param where the part of the capsule, such as {@code birth_record}
     */
    record Rejected(String code, String where, String reason) implements CapsuleResult {}
}
