package io.kryla.ground.record;

import io.kryla.ground.fleet.AirframeProof;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import java.time.Duration;

/** Whether the evidence of a recording proves an airframe's log key and who recorded it. */
sealed interface EvidenceResult {

    /**
     * @param groundSha256 hash of the recording ground's certificate
     * @param oldestCrl age of the oldest revocation list that was needed
     */
    record Proven(
            AirframeProof.Proven airframe, TrustedBundle bundle, CrlSet crls, Digest groundSha256, Duration oldestCrl)
            implements EvidenceResult {}

    record Rejected(String code, String where, String reason) implements EvidenceResult {}
}
