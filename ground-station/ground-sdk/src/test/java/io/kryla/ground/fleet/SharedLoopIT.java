package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.AirframeAgentBuilder;
import io.kryla.airframe.ClosedLog;
import io.kryla.ground.line.AttestedFlight;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.link.Impairment;
import io.kryla.link.LinkLoop;
import io.kryla.link.UdpLink;
import io.kryla.sframe.KeyLife;
import io.kryla.test.ImpairedLink;
import io.kryla.v1.Sample;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that share a loop behave as those with threads of their own do, and have none. */
@Timeout(120)
class SharedLoopIT {
    private static final Duration WALL = Duration.ofSeconds(40);
    private static final int AIRFRAMES = 12;
    private static TestLine line;

    private final LinkLoop loop = LinkLoop.open(System::nanoTime);
    private final Thread thread = new Thread(loop, "callers-loop");
    private final ExecutorService executor =
            Executors.newFixedThreadPool(3, task -> new Thread(task, "callers-executor"));

    @TempDir
    Path folder;

    @BeforeAll
    static void makeLine() throws Exception {
        line = new TestLine();
    }

    @BeforeEach
    void run() {
        thread.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.close();
        thread.join();
        executor.shutdown();
    }

    private AirframeAgentBuilder agent(String serial) {
        return TestAirframe.born(line, serial, folder.resolve(serial)).agent().threads(loop, executor);
    }

    @Test
    void manyAirframesFlyWithoutAThreadOfTheirOwn() throws Exception {
        List<AirframeAgent> agents = new ArrayList<>();
        try (GroundStation station = line.groundStation().start()) {
            for (int i = 0; i < AIRFRAMES; i++) {
                agents.add(agent("KRYL5LOP" + (10 + i)).boot());
            }
            for (AirframeAgent agent : agents) {
                agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            }
            for (int turn = 0; turn < 5; turn++) {
                for (AirframeAgent agent : agents) {
                    TestAirframe.fly(agent, 40 * turn, 40 * (turn + 1));
                }
            }
            assertThat(threads())
                    .noneMatch(name -> name.matches("kryla-(link|checkpoint|renewal).*"))
                    .contains("callers-loop");
            for (AirframeAgent agent : agents) {
                assertThat(TestAirframe.land(agent).acknowledged()).isTrue();
                assertThat(agent.rejections().total()).isZero();
            }
            for (AirframeAgent agent : agents) {
                AirframeLink link = station.airframe(agent.serial(), WALL).join();
                await().atMost(WALL).until(() -> link.state().closed());
            }
        } finally {
            agents.forEach(AirframeAgent::close);
        }
        assertThat(agents).noneMatch(AirframeAgent::connected);
    }

    @Test
    void sessionsAreRenewedOnTheLoopOverAPathThatLoses() throws Exception {
        KeyLife life = new KeyLife(Duration.ofMillis(200), 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(20));
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = agent("KRYL5LOPR1")
                        .keyLife(life)
                        .datagrams(ground -> new ImpairedLink(loop.connect(ground), new Impairment(0.1, 0, 0), 4))
                        .boot()) {
            AttestedFlight flight = AttestedFlight.of(station);
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            int flown = 0;
            while (flight.samples().stream().filter(Sample::hasReceiverJoined).count() < 3) {
                TestAirframe.fly(agent, flown, flown + 50);
                flown += 50;
            }
            int states = flown;
            ClosedLog closed = TestAirframe.land(agent);
            assertThat(closed.acknowledged()).isTrue();
            await().atMost(WALL).until(() -> flight.size() == closed.head().size());
            assertThat(flight.samples().stream().filter(Sample::hasVehicleState))
                    .hasSize(states);
        }
    }

    @Test
    void aGroundThatRestartsIsFoundAgainFromTheLoop() throws Exception {
        InetSocketAddress address;
        try (AirframeAgent agent = agent("KRYL5LOPR2").boot()) {
            try (GroundStation station = line.groundStation().start()) {
                address = station.boundAddress();
                agent.stayConnected(address).get(30, TimeUnit.SECONDS);
                TestAirframe.fly(agent, 0, 50);
            }
            await().atMost(WALL).until(() -> !agent.connected());
            TestAirframe.fly(agent, 50, 100);
            try (GroundStation station = line.groundStation().listen(address).start()) {
                AttestedFlight after = AttestedFlight.of(station);
                await().atMost(WALL).until(agent::connected);
                ClosedLog closed = TestAirframe.land(agent);
                assertThat(closed.acknowledged()).isTrue();
                await().atMost(WALL).until(() -> after.size() == closed.head().size());
            }
        }
    }

    /** A path that does not tell of arrivals is polled. */
    @Test
    void aPathThatWaitsByItselfServesToo() throws Exception {
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent =
                        agent("KRYL5LOPR3").datagrams(UdpLink::connect).boot()) {
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 200);
            assertThat(TestAirframe.land(agent).acknowledged()).isTrue();
        }
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(each -> names.add(each.getName()));
        return names;
    }
}
