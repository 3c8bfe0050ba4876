package io.kryla.factory.acceptance;

import io.kryla.factory.ledger.LineLedger;
import io.kryla.identity.TlsIdentity;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Where acceptance flights are recorded and who signs for them.
 *
 * @param station key and chain (root last) of the station that signs the records
 */
public record AcceptanceLine(
        LineLedger ledger,
        TlsIdentity station,
        String stationId,
        String operatorCardId,
        InstantSource clock,
        SecureRandom random) {}
