package io.kryla.ground.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.telemetry.AttestedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Our publishers against the Technology Compatibility Kit of Reactive Streams 1.0.4, rule by rule. */
class ReactiveStreamsRulesTest {
    private static final int LEAVES = 200;
    private static final TestFlight FLIGHT = new TestFlight(LEAVES);
    private static final ExecutorService DELIVERY = Executors.newCachedThreadPool();

    @AfterAll
    static void endThreads() {
        DELIVERY.shutdownNow();
    }

    /**
     * What the kit has no test for; multicast of a source whose beginning a later subscriber has missed; and 2³¹ elements. Our
     * own tests of these are in {@link TelemetryStreamTest}.
     */
    private static final List<String> NOT_TESTED_BY_THE_KIT = List.of(
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront",
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected",
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne",
            "required_spec317_mustNotSignalOnErrorWhenPendingAboveLongMaxValue",
            "untested_spec106_mustConsiderSubscriptionCancelledAfterOnErrorOrOnCompleteHasBeenCalled",
            "untested_spec107_mustNotEmitFurtherSignalsOnceOnErrorHasBeenSignalled",
            "untested_spec108_possiblyCanceledSubscriptionShouldNotReceiveOnErrorOrOnCompleteSignals",
            "untested_spec109_subscribeShouldNotThrowNonFatalThrowable",
            "untested_spec110_rejectASubscriptionRequestIfTheSameSubscriberSubscribesTwice",
            "untested_spec304_requestShouldNotPerformHeavyComputations",
            "untested_spec305_cancelMustNotSynchronouslyPerformHeavyComputation");

    @TestFactory
    Stream<DynamicTest> eachRuleHolds() {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG kit = new TestNG(false);
        kit.setVerbose(0);
        kit.setTestClasses(new Class<?>[] {BufferedStream.class});
        kit.addListener(results);
        kit.run();
        Map<String, ITestResult> byRule = new TreeMap<>();
        results.getPassedTests().forEach(result -> byRule.put(result.getName(), result));
        results.getFailedTests().forEach(result -> byRule.put(result.getName(), result));
        List<String> skipped = new ArrayList<>();
        results.getSkippedTests().forEach(result -> skipped.add(result.getName()));
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest(
                        "rules that the kit leaves open",
                        () -> assertThat(skipped).containsExactlyInAnyOrderElementsOf(NOT_TESTED_BY_THE_KIT))),
                byRule.entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> assertThat(rule.getValue().getThrowable()).isNull())));
    }

    /** A log that is offered as soon as somebody subscribes, and then ends. */
    public static final class BufferedStream extends FlowPublisherVerification<AttestedRecord> {
        public BufferedStream() {
            super(new TestEnvironment(100, 50));
        }

        @Override
        public Flow.Publisher<AttestedRecord> createFlowPublisher(long elements) {
            TelemetryRelay relay = new TelemetryRelay(DELIVERY, new DropCounters());
            TelemetryPublisher<AttestedRecord> publisher =
                    relay.attestedRecords().buffer(LEAVES);
            return subscriber -> {
                publisher.subscribe(subscriber);
                FLIGHT.attested.subList(0, (int) elements).forEach(record -> relay.offer(TestFlight.ORIGIN, record));
                relay.complete();
            };
        }

        @Override
        public Flow.Publisher<AttestedRecord> createFailedFlowPublisher() {
            TelemetryRelay relay = new TelemetryRelay(DELIVERY, new DropCounters());
            relay.breakOff(new TelemetryException("NEW_BOOT", "it booted again"));
            return relay.attestedRecords().latest();
        }

        @Override
        public long maxElementsFromPublisher() {
            return LEAVES;
        }
    }
}
