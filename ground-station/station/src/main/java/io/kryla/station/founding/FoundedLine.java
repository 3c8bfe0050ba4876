package io.kryla.station.founding;

import io.kryla.factory.pki.LineCa;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.identity.CertificateChain;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;

/** A line's authorities and keys, just made. */
record FoundedLine(
        LineSite site,
        LineCa lineCa,
        VerificationKey lineCaKey,
        OperationsCa operationsCa,
        CertificateChain stationChain,
        Signer ledgerKey) {}
