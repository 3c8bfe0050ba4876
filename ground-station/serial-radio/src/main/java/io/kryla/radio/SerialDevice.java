package io.kryla.radio;

/** A serial device that can be opened, and opened again after it was gone. */
public interface SerialDevice {
    /** As the operator calls it. */
    String name();

    /** @throws io.kryla.keys.KrylaException PORT_MISSING, PORT_BUSY, PORT_DENIED, PORT_FAILED */
    SerialEnd open();
}
