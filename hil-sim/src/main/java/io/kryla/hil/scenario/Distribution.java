package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** What a varied value may be. Draws are rounded to seven digits, as they are written into the varied file. */
sealed interface Distribution {
    /** Beyond so many sigmas a normal deviate is drawn again. */
    double NORMAL_REACH = 3;

    JsonNode draw(RandomStreams chance, String name);

    /** The values at its ends, every one of which a file must allow. */
    List<JsonNode> ends();

    /** Every value between two as often as any other. */
    record Uniform(double from, double to, String unit) implements Distribution {
        @Override
        public JsonNode draw(RandomStreams chance, String name) {
            return value(from + (to - from) * unitInterval(chance, name), unit);
        }

        @Override
        public List<JsonNode> ends() {
            return List.of(value(from, unit), value(to, unit));
        }
    }

    /** A bell about a mean, cut off at three sigmas. */
    record Normal(double mean, double sigma, String unit) implements Distribution {
        @Override
        public JsonNode draw(RandomStreams chance, String name) {
            GaussianSampler gaussian = chance.gaussian(name);
            double deviate = gaussian.next();
            while (Math.abs(deviate) > NORMAL_REACH) {
                deviate = gaussian.next();
            }
            return value(mean + sigma * deviate, unit);
        }

        @Override
        public List<JsonNode> ends() {
            return List.of(value(mean - NORMAL_REACH * sigma, unit), value(mean + NORMAL_REACH * sigma, unit));
        }
    }

    /** One of several, each as often. */
    record Choice(List<JsonNode> options) implements Distribution {
        public Choice {
            options = List.copyOf(options);
        }

        @Override
        public JsonNode draw(RandomStreams chance, String name) {
            return options.get((int) (unitInterval(chance, name) * options.size()));
        }

        @Override
        public List<JsonNode> ends() {
            return options;
        }
    }

    /** In [0, 1). */
    static double unitInterval(RandomStreams chance, String name) {
        return (chance.stream(name).nextLong() >>> 11) * 0x1p-53;
    }

    private static JsonNode value(double number, String unit) {
        BigDecimal rounded = new BigDecimal(number, new MathContext(7));
        BigDecimal plain = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        return unit.isEmpty()
                ? JsonNodeFactory.instance.numberNode(plain.doubleValue())
                : JsonNodeFactory.instance.textNode(plain.toPlainString() + " " + unit);
    }
}
