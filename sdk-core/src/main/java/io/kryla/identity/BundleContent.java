package io.kryla.identity;

import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import io.kryla.tlog.CosignatureVerifier;
import io.kryla.v1.LedgerTrust;
import io.kryla.v1.NamedKey;
import io.kryla.v1.PolicyOids;
import io.kryla.v1.TrustBundle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The content of a trust bundle with every rule of protocol.md §3.3 checked. */
record BundleContent(
        Map<String, VerificationKey> licenseKeys,
        List<CosignatureVerifier> witnesses,
        Map<String, LedgerIdentity> ledgers,
        Map<String, VerificationKey> officers,
        Map<String, VerificationKey> centres,
        Map<Role, String> rolePolicies) {
    private static final int MOST_ENTRIES = 256;
    private static final int LONGEST_ID = 128;
    private static final String ID = "[!-*,-~]{1," + LONGEST_ID + "}";
    private static final String OID = "[0-2](\\.(0|[1-9][0-9]{0,9})){1,20}";

    /** Thrown and caught within this class only. */
    private static final class Contradiction extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static Optional<BundleContent> parse(TrustBundle untrusted) {
        try {
            requireSound(untrusted);
            Map<String, VerificationKey> licenseKeys = keys(untrusted.getLicenseKeysList());
            Map<String, VerificationKey> witnessKeys = keys(untrusted.getWitnessesList());
            Map<String, LedgerIdentity> ledgers = ledgers(untrusted.getLedgersList());
            require(isThreshold(untrusted.getLicenseThreshold(), licenseKeys.size()));
            require(isThreshold(untrusted.getWitnessQuorum(), witnessKeys.size()));
            Set<VerificationKey> logKeys = new HashSet<>(witnessKeys.values());
            for (LedgerIdentity ledger : ledgers.values()) {
                require(logKeys.add(ledger.key()));
            }
            return Optional.of(new BundleContent(
                    licenseKeys,
                    witnesses(witnessKeys),
                    ledgers,
                    keys(untrusted.getExportOfficersList()),
                    keys(untrusted.getExportCentresList()),
                    rolePolicies(untrusted.getPolicyOids())));
        } catch (Contradiction e) {
            return Optional.empty();
        }
    }

    private static void requireSound(TrustBundle bundle) throws Contradiction {
        require(bundle.getRevision() >= 1);
        int previous = bundle.getPreviousSha256().size();
        require(bundle.getRevision() == 1 ? previous == 0 : previous == Digest.LENGTH);
        require(bundle.getIssuedAtUnixSeconds() >= 0 && bundle.getIssuedAtUnixSeconds() <= 253_402_300_799L);
        require(bundle.getMakerCode().matches("[0-9A-HJ-NP-Z]{4}"));
    }

    private static Map<String, VerificationKey> keys(List<NamedKey> named) throws Contradiction {
        require(named.size() <= MOST_ENTRIES);
        Map<String, VerificationKey> byId = new LinkedHashMap<>();
        Set<VerificationKey> distinct = new HashSet<>();
        for (NamedKey entry : named) {
            VerificationKey key = VerificationKey.fromProto(entry.getKey()).orElseThrow(Contradiction::new);
            require(entry.getHolderId().matches(ID));
            require(byId.put(entry.getHolderId(), key) == null);
            require(distinct.add(key));
        }
        return Collections.unmodifiableMap(byId);
    }

    private static List<CosignatureVerifier> witnesses(Map<String, VerificationKey> keys) throws Contradiction {
        List<CosignatureVerifier> witnesses = new ArrayList<>();
        for (Map.Entry<String, VerificationKey> entry : keys.entrySet()) {
            require(entry.getValue().algorithm() == SignatureAlgorithm.ED25519);
            witnesses.add(CosignatureVerifier.of(entry.getKey(), entry.getValue()));
        }
        return List.copyOf(witnesses);
    }

    private static Map<String, LedgerIdentity> ledgers(List<LedgerTrust> named) throws Contradiction {
        require(named.size() <= MOST_ENTRIES);
        Map<String, LedgerIdentity> byOrigin = new LinkedHashMap<>();
        Set<String> lines = new HashSet<>();
        for (LedgerTrust entry : named) {
            VerificationKey key = VerificationKey.fromProto(entry.getKey()).orElseThrow(Contradiction::new);
            require(key.algorithm() == SignatureAlgorithm.ED25519);
            require(entry.getOrigin().matches(ID) && entry.getLine().matches(ID) && lines.add(entry.getLine()));
            LedgerIdentity ledger = new LedgerIdentity(entry.getOrigin(), entry.getLine(), key);
            require(byOrigin.put(ledger.origin(), ledger) == null);
        }
        return Collections.unmodifiableMap(byOrigin);
    }

    private static Map<Role, String> rolePolicies(PolicyOids oids) throws Contradiction {
        Map<Role, String> policies = new EnumMap<>(Role.class);
        policies.put(Role.GROUND, oids.getGroundRole());
        policies.put(Role.STATION, oids.getStationRole());
        for (Role role : Role.operators()) {
            policies.put(role, role.policyUnder(oids.getOperatorRole()));
        }
        require(new HashSet<>(policies.values()).size() == policies.size());
        for (String oid : policies.values()) {
            require(oid.matches(OID));
        }
        return Collections.unmodifiableMap(policies);
    }

    private static boolean isThreshold(int threshold, int keys) {
        return threshold >= 1 && threshold <= keys;
    }

    private static void require(boolean condition) throws Contradiction {
        if (!condition) {
            throw new Contradiction();
        }
    }
}
