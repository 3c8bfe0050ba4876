package io.kryla.airframe;

/** What an airframe keeps. Messages are stored in the exact bytes in which they were received. */
public enum StorageEntry {
    /** SHA-256 of the licensor's root certificate; part of the firmware, known before anything else. */
    ROOT_SHA256("root.sha256"),
    /** {@code CertIssue}: IDevID chain, trust bundle, license; written by provisioning. */
    CERT_ISSUE("cert-issue.pb"),
    /** {@code ClaimGrant}: serial and origin prefix; written by provisioning. */
    CLAIM_GRANT("claim-grant.pb"),
    /** {@code Envelope} of the {@code LogKeyEndorsement}; written by provisioning. */
    LOG_KEY_ENDORSEMENT("log-key-endorsement.pb"),
    /** {@code BirthCommit}: birth record and ledger proof; written by provisioning, last. */
    BIRTH_COMMIT("birth-commit.pb"),
    /** SHA-256 of the SubjectPublicKeyInfo of the present owner's operations CA; provisioning, then handover. */
    OWNER_CA_KEY_SHA256("owner-ca-key.sha256"),
    /** SHA-256 of the last voucher entry that was accepted; written by handover, ahead of the owner. */
    VOUCHER_HEAD("voucher-head.sha256"),
    /** 8 bytes, big-endian: the number of the last boot. */
    BOOT_COUNTER("boot-counter"),
    /**
     * The newest checkpoint of each profile's flight log that is known to be durable: length of the name (1 byte), name, boot (8
     * bytes, big-endian), wire form.
     */
    LAST_CHECKPOINT("last-checkpoint");

    private final String fileName;

    StorageEntry(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }
}
