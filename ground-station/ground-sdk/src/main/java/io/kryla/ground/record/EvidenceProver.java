package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import io.kryla.ground.fleet.AirframeProof;
import io.kryla.ground.fleet.AirframeVerifier;
import io.kryla.ground.fleet.GroundPolicy;
import io.kryla.ground.record.EvidenceResult.Proven;
import io.kryla.ground.record.EvidenceResult.Rejected;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.v1.FlightEvidence;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Proves evidence from the root certificate, in the order of protocol.md §12.1: bundle, birth and airframe, ground. */
final class EvidenceProver {
    private final X509Certificate root;
    private final Instant now;
    private final List<X509CRL> newer;

    /** @param newer revocation lists from elsewhere: of each issuer the newest counts, theirs or the recording's */
    EvidenceProver(X509Certificate root, Instant now, List<X509CRL> newer) {
        this.root = root;
        this.now = now;
        this.newer = List.copyOf(newer);
    }

    EvidenceResult prove(FlightEvidence untrusted) {
        DocumentResult<TrustedBundle> opened =
                TrustedBundle.open(root, untrusted.getTrustBundle(), OptionalLong.empty());
        if (opened instanceof DocumentResult.Rejected<TrustedBundle> rejected) {
            return new Rejected(rejected.code().name(), "trust bundle", rejected.reason());
        }
        TrustedBundle trusted = ((DocumentResult.Verified<TrustedBundle>) opened).document();
        Optional<List<X509CRL>> recorded = crls(untrusted.getCrlsList());
        if (recorded.isEmpty()) {
            return new Rejected("CRL_STALE", "revocation lists", "not lists that can be read");
        }
        // Ahead of the recording's: among lists of one time and number the first counts.
        List<X509CRL> lists = newer.stream()
                .limit(CrlSet.MOST - recorded.get().size())
                .collect(Collectors.toCollection(ArrayList::new));
        lists.addAll(recorded.get());
        CrlSet crls = new CrlSet(lists, CrlProfile.FIELD, now);
        AirframeProof proof = new AirframeVerifier(trusted, GroundPolicy.requireCosigned()).verify(untrusted, crls);
        if (proof instanceof AirframeProof.Rejected rejected) {
            return new Rejected(rejected.code(), "airframe", rejected.reason());
        }
        AirframeProof.Proven airframe = (AirframeProof.Proven) proof;
        Optional<CertificateChain> ground = CertificateChain.fromDer(untrusted.getGroundChainList().stream()
                .map(ByteString::toByteArray)
                .collect(Collectors.toList()));
        if (ground.isEmpty()) {
            return new Rejected("PATH", "ground chain", "not a chain of X.509 certificates");
        }
        // By its own word for the time: what brackets a flight in time is its anchor, not this.
        Instant issued = ground.get().leaf().getNotBefore().toInstant();
        PathResult path = PathValidator.of(root).validateRole(ground.get(), Role.GROUND, trusted, issued, crls);
        if (path instanceof PathResult.Rejected rejected) {
            return new Rejected(rejected.code().name(), "ground chain", rejected.reason());
        }
        if (!RecordedCrls.areOf(recorded.get(), airframe.chain(), ground.get())) {
            return new Rejected("MALFORMED", "revocation lists", "one that no issuer of these certificates signed");
        }
        Duration groundCrl = ((PathResult.Valid) path).oldestCrl();
        return new Proven(
                airframe,
                trusted,
                crls,
                Certificates.sha256(ground.get().leaf()),
                groundCrl.compareTo(airframe.oldestCrl()) > 0 ? groundCrl : airframe.oldestCrl());
    }

    /** Empty unless each element is one list and their number is within bounds. */
    private static Optional<List<X509CRL>> crls(List<ByteString> untrusted) {
        List<X509CRL> lists = new ArrayList<>();
        for (ByteString der : untrusted.subList(0, Math.min(untrusted.size(), CrlSet.MOST))) {
            Certificates.crlFromDer(der.toByteArray()).ifPresent(lists::add);
        }
        return lists.size() == untrusted.size() ? Optional.of(lists) : Optional.empty();
    }
}
