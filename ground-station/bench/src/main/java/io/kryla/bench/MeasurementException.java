package io.kryla.bench;

import io.kryla.keys.KrylaException;

/** Nothing could be measured, or the result not be written. */
final class MeasurementException extends KrylaException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String remedy;

    MeasurementException(String code, String what, String where, String remedy, Throwable cause) {
        super(code, what, true, cause);
        this.where = where;
        this.remedy = remedy;
    }

    MeasurementException(String code, String what, String where, String remedy) {
        super(code, what, true);
        this.where = where;
        this.remedy = remedy;
    }

    String where() {
        return where;
    }

    String remedy() {
        return remedy;
    }
}
