package io.kryla.airframe;

import io.kryla.keys.Digest;
import io.kryla.v1.Command;

/**
 * A command from an authorised ground, given out once.
 *
 * @param groundCertificateSha256 of the certificate that authorised it
 */
public record ReceivedCommand(Command command, Digest groundCertificateSha256) {
    public byte[] id() {
        return command.getId().toByteArray();
    }
}
