package io.kryla.airframe.provisioning;

/** Why something the station sent does not hold. */
record Fault(String code, String detail) {}
