package io.kryla.factory.replay;

import io.kryla.keys.Digest;
import io.kryla.v1.ExportAuthorisation;
import io.kryla.v1.License;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that the rules remember of the leaves so far. Mutable, confined to one {@link LedgerReplay}. */
final class LedgerState {
    final Map<String, TreeMap<Long, License>> licenses = new TreeMap<>();
    final Map<Digest, ExportAuthorisation> authorisations = new HashMap<>();

    final Map<String, UnitHistory> units = new LinkedHashMap<>();
    final Set<String> voidedSerials = new HashSet<>();
    final Map<Digest, String> serialOfKey = new HashMap<>();
    final Map<Digest, String> serialOfHardware = new HashMap<>();
    final Map<String, Long> lastRevision = new HashMap<>();
    final Map<String, Long> bornUnder = new HashMap<>();
    final Set<Digest> nonces = new HashSet<>();
    final Set<String> flightOrigins = new HashSet<>();
    final Set<Digest> transferredFrom = new HashSet<>();
    final Map<Digest, Set<String>> spentAuthorisations = new HashMap<>();
    long lastRecordedAtMillis = Long.MIN_VALUE;
    long size;

    Optional<License> license(String policyOid, long revision) {
        return Optional.ofNullable(licenses.get(policyOid)).map(revisions -> revisions.get(revision));
    }

    Optional<UnitHistory> unit(String serial) {
        return Optional.ofNullable(units.get(serial));
    }

    /** A unit that the rules have just found to be born. */
    UnitHistory bornUnit(String serial) {
        return unit(serial).orElseThrow();
    }
}
