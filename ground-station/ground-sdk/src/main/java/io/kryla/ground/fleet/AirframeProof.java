package io.kryla.ground.fleet;

import io.kryla.identity.CertificateChain;
import io.kryla.keys.VerificationKey;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.LedgerLeaf;
import java.time.Duration;
import java.time.Instant;

/** Whether evidence proves an airframe and the key of its flight log. */
public sealed interface AirframeProof {

    /**
     * The chain leads to the root under the license of the birth, the ledger holds that birth of this very certificate,
     * and the certified key endorsed the log key for the origin.
     *
     * @param ledgerOrigin of the ledger that holds the birth
     * @param bornAt when the birth was cosigned; when it was recorded, if only the line's own word was asked for
     * @param birthIndex in the ledger
     * @param oldestCrl age of the oldest revocation list that was needed
     */
    record Proven(
            String serial,
            FlightOrigin origin,
            VerificationKey logKey,
            CertificateChain chain,
            LedgerLeaf birth,
            String ledgerOrigin,
            long birthIndex,
            Instant bornAt,
            Duration oldestCrl)
            implements AirframeProof {}

    /** @param code stable: that of the first check that failed */
    record Rejected(String code, String reason) implements AirframeProof {}
}
