package io.kryla.factory.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.ledger.AdvanceResult;
import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * A line and its boards against a model of what they may be: boards are plugged in and cut at any message, the line's process
 * dies, airframes fail their checks, units are given up, set aside and released, in any order.
 */
class ProvisioningModelProperties {
    private static final int QUOTA = 3;
    private static final int BOARDS = 5;
    /** ClaimRequest to BirthStored. */
    private static final int MESSAGES = 15;

    @Property(tries = 25)
    void whateverHappensInWhateverOrderEachBoardHasOneUnitAndTheQuotaHolds(@ForAll("lives") ActionChain<World> life) {
        life.withInvariant("register, ledger and airframes agree", World::check)
                .run()
                .close();
    }

    @Provide
    ActionChainArbitrary<World> lives() {
        return ActionChain.startWith(World::new)
                .withAction(6, new PlugIn())
                .withAction(2, new LineDies())
                .withAction(1, new OnOne("give up", World::giveUp))
                .withAction(1, new OnOne("set aside", World::setAside))
                .withAction(1, new OnOne("release", World::release))
                .withAction(1, new OnOne("break or repair", World::breakOrRepair))
                .withMaxTransformations(24);
    }

    private static final class PlugIn implements Action.Independent<World> {
        @Override
        public Arbitrary<Transformer<World>> transformer() {
            return Combinators.combine(
                            Arbitraries.integers().between(0, BOARDS - 1),
                            Arbitraries.integers().between(0, MESSAGES))
                    .as((board, messages) -> Transformer.mutate(
                            "plug in " + board + ", cut after " + messages, world -> world.plugIn(board, messages)));
        }
    }

    private static final class LineDies implements Action.Independent<World> {
        @Override
        public Arbitrary<Transformer<World>> transformer() {
            return Arbitraries.just(Transformer.mutate("the line dies", World::lineDies));
        }
    }

    private record OnOne(String name, java.util.function.ObjIntConsumer<World> act)
            implements Action.Independent<World> {
        @Override
        public Arbitrary<Transformer<World>> transformer() {
            return Arbitraries.integers()
                    .between(0, BOARDS - 1)
                    .map(board -> Transformer.mutate(name + " " + board, world -> act.accept(world, board)));
        }
    }

    /** The line as it is, beside what a model knows of it. */
    static final class World implements AutoCloseable {
        private final Path folder;
        private final BirthLine line;
        private final List<BenchAirframe> boards = new ArrayList<>();
        private final Map<Integer, String> serials = new HashMap<>();
        private final Map<String, UnitState> states = new HashMap<>();
        private final Map<String, UnitState> before = new HashMap<>();

        World() {
            try {
                folder = Files.createTempDirectory("kryla-model");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            line = BirthLine.in(folder, QUOTA);
            for (int i = 0; i < BOARDS; i++) {
                boards.add(line.board("board " + i));
            }
        }

        void plugIn(int board, int messages) {
            BenchAirframe airframe = boards.get(board);
            Optional<ProvisioningOutcome> outcome = Optional.empty();
            try {
                outcome = Optional.of(airframe.start()
                        .provision(ConversationLink.to(
                                        line.provisioning(),
                                        airframe.identityKey().key())
                                .cutAfter(messages)));
            } catch (KrylaException cut) {
                assertThat(cut.retryable()).as(cut.getMessage()).isTrue();
            }
            Optional<Unit> unit = unit(board);
            outcome.ifPresent(ended -> judge(board, unit, ended));
            unit.ifPresent(now -> {
                assertThat(serials.computeIfAbsent(board, first -> now.serial()))
                        .as("a board keeps its serial")
                        .isEqualTo(now.serial());
                requireNotBackward(now);
                states.put(now.serial(), now.state());
            });
        }

        private void judge(int board, Optional<Unit> unit, ProvisioningOutcome ended) {
            if (ended instanceof ProvisioningOutcome.Born born) {
                // An airframe that has its birth asks nobody, set aside or not.
                assertThat(born.resumed() ? UnitState.BORN : unit.orElseThrow().state())
                        .isEqualTo(UnitState.BORN);
                assertThat(unit.map(Unit::serial)).contains(born.serial());
                return;
            }
            String code = ((ProvisioningOutcome.Refused) ended).code();
            switch (code) {
                case "QUOTA_EXHAUSTED" -> {
                    assertThat(unit).isEmpty();
                    assertThat(reserved()).isEqualTo(QUOTA);
                }
                case "BAD_STATE" -> assertThat(states).containsEntry(serials.get(board), UnitState.VOIDED);
                case "QUARANTINED" -> assertThat(states).containsEntry(serials.get(board), UnitState.QUARANTINED);
                case "SELF_TEST_FAILED" ->
                    assertThat(boards.get(board).measured.get("battery.voltage"))
                            .isLessThan(14);
                default -> throw new AssertionError("unexpected refusal " + ended);
            }
        }

        private void requireNotBackward(Unit now) {
            UnitState known = states.getOrDefault(now.serial(), UnitState.CLAIMED);
            if (EnumSet.of(UnitState.VOIDED, UnitState.QUARANTINED).contains(known)) {
                assertThat(now.state()).isEqualTo(known);
            } else {
                assertThat(now.state().ordinal()).isGreaterThanOrEqualTo(known.ordinal());
            }
        }

        private Optional<Unit> unit(int board) {
            return line.line.ledger.unitOfKey(
                    boards.get(board).identityKey().key().spkiSha256());
        }

        private long reserved() {
            return line.line.ledger.units().stream()
                    .filter(unit -> unit.state() != UnitState.VOIDED)
                    .count();
        }

        void lineDies() {
            line.line.reopen();
        }

        void breakOrRepair(int board) {
            boards.get(board).measured.merge("battery.voltage", 0.0, (volts, none) -> volts < 14 ? 16.0 : 13.0);
        }

        void giveUp(int board) {
            String serial = serials.get(board);
            if (serial == null) {
                return;
            }
            boolean mayBe = EnumSet.of(UnitState.CLAIMED, UnitState.CERTIFIED, UnitState.INSTALLED)
                    .contains(states.get(serial));
            AppendResult result = line.line.ledger.voidUnit(
                    serial, "card-7", "CLAIM_ABANDONED", List.of(Digest.sha256(new byte[] {1})));
            assertThat(result instanceof AppendResult.Appended).isEqualTo(mayBe);
            if (mayBe) {
                states.put(serial, UnitState.VOIDED);
            }
        }

        void setAside(int board) {
            String serial = serials.get(board);
            if (serial == null) {
                return;
            }
            UnitState now = states.get(serial);
            boolean mayBe = now != UnitState.VOIDED && now != UnitState.QUARANTINED;
            AdvanceResult result = line.line.ledger.quarantine(serial, "card-7", "SMELLS", Map.of());
            assertThat(result instanceof AdvanceResult.Advanced).isEqualTo(mayBe);
            if (mayBe) {
                before.put(serial, now);
                states.put(serial, UnitState.QUARANTINED);
            }
        }

        void release(int board) {
            String serial = serials.get(board);
            if (serial == null) {
                return;
            }
            boolean mayBe = states.get(serial) == UnitState.QUARANTINED;
            AdvanceResult result = line.line.ledger.release(serial, "card-7", "LOOKED_AT", Map.of());
            assertThat(result instanceof AdvanceResult.Advanced).isEqualTo(mayBe);
            if (mayBe) {
                states.put(serial, before.get(serial));
            }
        }

        void check() {
            List<Unit> units = line.line.ledger.units();
            assertThat(reserved()).as("units of the quota").isLessThanOrEqualTo(QUOTA);
            assertThat(units.stream().map(Unit::serial).distinct()).hasSize(units.size());
            Set<Digest> certificates = new HashSet<>();
            for (Unit unit : units) {
                assertThat(states).containsEntry(unit.serial(), unit.state());
                long births = line.line.ledger.leaves(unit.serial()).stream()
                        .filter(leaf -> leaf.content().hasBorn())
                        .count();
                boolean born = unit.state() == UnitState.BORN || before.get(unit.serial()) == UnitState.BORN;
                assertThat(births).as("births of " + unit.serial()).isEqualTo(born ? 1 : 0);
                UnitDocuments.idevidChain(line.line.ledger, unit.serial())
                        .ifPresent(chain -> assertThat(
                                        certificates.add(io.kryla.identity.Certificates.sha256(chain.leaf())))
                                .isTrue());
            }
            for (int board = 0; board < BOARDS; board++) {
                if (boards.get(board).storage.read(StorageEntry.BIRTH_COMMIT).isPresent()) {
                    String serial = serials.get(board);
                    assertThat(line.line.ledger.leaves(serial))
                            .as("an airframe that has its birth stands in the ledger")
                            .anyMatch(leaf -> leaf.content().hasBorn());
                }
            }
        }

        @Override
        public void close() {
            line.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
