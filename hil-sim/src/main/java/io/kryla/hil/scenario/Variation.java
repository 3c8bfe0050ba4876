package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One value of a document that differs from flight to flight.
 *
 * @param name unique in the campaign; its chance is its own, so that adding another never shifts it
 * @param at JSON pointer (RFC 6901) into the document
 */
record Variation(String name, String at, Distribution distribution) {

    /** Puts a value in its place, and the objects around it where they are missing; false where there is no such place. */
    boolean set(JsonNode document, JsonNode value) {
        String[] steps = at.substring(1).split("/");
        JsonNode around = document;
        for (int i = 0; i < steps.length - 1; i++) {
            JsonNode next = around.path(steps[i]);
            if (around instanceof ArrayNode array) {
                next = index(steps[i], array) < 0 ? array.path(-1) : array.get(index(steps[i], array));
            } else if (around instanceof ObjectNode object && next.isMissingNode()) {
                next = object.putObject(steps[i]);
            }
            around = next;
        }
        String last = steps[steps.length - 1];
        if (around instanceof ArrayNode array && index(last, array) >= 0) {
            array.set(index(last, array), value);
            return true;
        }
        if (!(around instanceof ObjectNode object)) {
            return false;
        }
        // A vehicle's value stands beside its unit and source.
        if (object.path(last) instanceof ObjectNode described && described.has("value")) {
            described.set("value", value);
        } else {
            object.set(last, value);
        }
        return true;
    }

    private static int index(String step, ArrayNode array) {
        return step.matches("[0-9]{1,3}") && Integer.parseInt(step) < array.size() ? Integer.parseInt(step) : -1;
    }
}
