package io.kryla.factory.ledger;

import io.kryla.keys.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The statements of a ledger, in SQL that SQLite and PostgreSQL read alike; the schemas are in the migrations. */
final class SqlTransaction implements LedgerStore.Transaction {
    private static final String UNIT_COLUMNS =
            "SELECT serial, idevid_key_sha256, hardware_id_sha256, policy_oid, state, claimed_at_millis FROM unit ";

    private static final RowMapper<Unit> UNIT = (row, context) -> new Unit(
            row.getString("serial"),
            Digest.of(row.getBytes("idevid_key_sha256")),
            Digest.of(row.getBytes("hardware_id_sha256")),
            row.getString("policy_oid"),
            UnitState.valueOf(row.getString("state")),
            Instant.ofEpochMilli(row.getLong("claimed_at_millis")));

    private final Handle handle;

    SqlTransaction(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<LedgerStore.Owner> owner() {
        return handle.createQuery("SELECT origin, line FROM ledger")
                .map((row, context) -> new LedgerStore.Owner(row.getString("origin"), row.getString("line")))
                .findOne();
    }

    @Override
    public long changes() {
        return handle.createQuery("SELECT changes FROM ledger")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private void countChange() {
        handle.execute("UPDATE ledger SET changes = changes + 1");
    }

    @Override
    public void setOwner(LedgerStore.Owner owner) {
        handle.execute("INSERT INTO ledger (singleton, origin, line) VALUES (1, ?, ?)", owner.origin(), owner.line());
    }

    @Override
    public List<byte[]> licenses() {
        return handle.createQuery("SELECT envelope FROM license ORDER BY admission")
                .map((row, context) -> row.getBytes("envelope"))
                .list();
    }

    @Override
    public void addLicense(String policyOid, long revision, long quota, byte[] envelope, Instant at) {
        handle.execute(
                "INSERT INTO license (policy_oid, revision, envelope, admitted_at_millis) VALUES (?, ?, ?, ?)",
                policyOid,
                revision,
                envelope,
                at.toEpochMilli());
        handle.execute(
                "INSERT INTO license_use (policy_oid, quota, used) VALUES (?, ?, 0)"
                        + " ON CONFLICT (policy_oid) DO UPDATE SET quota = excluded.quota",
                policyOid,
                quota);
        countChange();
    }

    @Override
    public boolean takeQuota(String policyOid) {
        return handle.execute("UPDATE license_use SET used = used + 1 WHERE policy_oid = ? AND used < quota", policyOid)
                == 1;
    }

    @Override
    public void freeQuota(String policyOid) {
        handle.execute("UPDATE license_use SET used = used - 1 WHERE policy_oid = ?", policyOid);
    }

    @Override
    public long nextSerialNumber(String prefix) {
        return handle.createQuery(
                        "INSERT INTO serial_space (prefix, last_number) VALUES (:prefix, 1)"
                                + " ON CONFLICT (prefix) DO UPDATE SET last_number = serial_space.last_number + 1 RETURNING last_number")
                .bind("prefix", prefix)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<byte[]> exportAuthorisations() {
        return handle.createQuery("SELECT envelope FROM export_authorisation ORDER BY payload_sha256")
                .map((row, context) -> row.getBytes("envelope"))
                .list();
    }

    @Override
    public void addExportAuthorisation(Digest payloadSha256, byte[] envelope) {
        handle.execute(
                "INSERT INTO export_authorisation (payload_sha256, envelope) VALUES (?, ?)"
                        + " ON CONFLICT (payload_sha256) DO NOTHING",
                payloadSha256.bytes(),
                envelope);
        countChange();
    }

    @Override
    public Optional<Unit> unit(String serial) {
        return handle.select(UNIT_COLUMNS + "WHERE serial = ?", serial)
                .map(UNIT)
                .findOne();
    }

    @Override
    public Optional<Unit> unitOfKey(Digest idevidKeySha256) {
        return handle.select(UNIT_COLUMNS + "WHERE idevid_key_sha256 = ?", (Object) idevidKeySha256.bytes())
                .map(UNIT)
                .findOne();
    }

    @Override
    public Optional<Unit> unitOfHardware(Digest hardwareIdSha256) {
        return handle.select(UNIT_COLUMNS + "WHERE hardware_id_sha256 = ? AND state <> 'VOIDED'", (Object)
                        hardwareIdSha256.bytes())
                .map(UNIT)
                .findOne();
    }

    @Override
    public List<Unit> units() {
        return handle.select(UNIT_COLUMNS + "ORDER BY claim_order").map(UNIT).list();
    }

    @Override
    public void addUnit(Unit unit) {
        handle.execute(
                "INSERT INTO unit (serial, idevid_key_sha256, hardware_id_sha256, policy_oid, state,"
                        + " claimed_at_millis) VALUES (?, ?, ?, ?, ?, ?)",
                unit.serial(),
                unit.idevidKeySha256().bytes(),
                unit.hardwareIdSha256().bytes(),
                unit.licensePolicyOid(),
                unit.state().name(),
                unit.claimedAt().toEpochMilli());
    }

    @Override
    public void setState(String serial, UnitState state) {
        handle.execute("UPDATE unit SET state = ? WHERE serial = ?", state.name(), serial);
    }

    @Override
    public List<JournalEntry> journal(String serial) {
        return handle.select(
                        "SELECT sequence, at_millis, actor_id, step, detail FROM journal WHERE serial = ?"
                                + " ORDER BY sequence",
                        serial)
                .map((row, context) -> new JournalEntry(
                        row.getLong("sequence"),
                        Instant.ofEpochMilli(row.getLong("at_millis")),
                        row.getString("actor_id"),
                        row.getString("step"),
                        row.getString("detail")))
                .list();
    }

    @Override
    public void addJournal(String serial, Instant at, String actorId, String step, String detail) {
        handle.execute(
                "INSERT INTO journal (serial, at_millis, actor_id, step, detail) VALUES (?, ?, ?, ?, ?)",
                serial,
                at.toEpochMilli(),
                actorId,
                step,
                detail);
    }

    @Override
    public Optional<byte[]> document(String serial, String name) {
        return handle.select("SELECT bytes FROM document WHERE serial = ? AND name = ?", serial, name)
                .map((row, context) -> row.getBytes("bytes"))
                .findOne();
    }

    @Override
    public SortedSet<String> documentNames(String serial) {
        return new TreeSet<>(handle.select("SELECT name FROM document WHERE serial = ?", serial)
                .mapTo(String.class)
                .list());
    }

    @Override
    public void putDocuments(String serial, Map<String, byte[]> documents) {
        documents.forEach((name, bytes) -> handle.execute(
                "INSERT INTO document (serial, name, bytes) VALUES (?, ?, ?)"
                        + " ON CONFLICT (serial, name) DO UPDATE SET bytes = excluded.bytes",
                serial,
                name,
                bytes));
    }

    @Override
    public List<LedgerStore.StoredLeaf> leaves(long from) {
        return handle.select(
                        "SELECT leaf_index, bytes, leaf_hash FROM leaf WHERE leaf_index >= ? ORDER BY leaf_index", from)
                .map((row, context) -> new LedgerStore.StoredLeaf(
                        row.getLong("leaf_index"), row.getBytes("bytes"), row.getBytes("leaf_hash")))
                .list();
    }

    @Override
    public void addLeaf(long index, String serial, byte[] bytes, Digest leafHash) {
        handle.execute(
                "INSERT INTO leaf (leaf_index, serial, bytes, leaf_hash) VALUES (?, ?, ?, ?)",
                index,
                serial,
                bytes,
                leafHash.bytes());
        countChange();
    }

    @Override
    public Optional<byte[]> newestCheckpoint() {
        return handle.createQuery("SELECT note FROM cosigned_checkpoint ORDER BY size DESC LIMIT 1")
                .map((row, context) -> row.getBytes("note"))
                .findOne();
    }

    @Override
    public void addCheckpoint(long size, byte[] note) {
        handle.execute(
                "INSERT INTO cosigned_checkpoint (size, note) VALUES (?, ?)"
                        + " ON CONFLICT (size) DO UPDATE SET note = excluded.note",
                size,
                note);
        countChange();
    }
}
