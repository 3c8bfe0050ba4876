package io.kryla.factory.provisioning;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.v1.ProvisioningMessage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Messages of one kind said otherwise; all others pass as they are. */
final class ChangedMessage {
    private ChangedMessage() {}

    static UnaryOperator<byte[]> changing(
            Consumer<ProvisioningMessage.Builder> change, Predicate<ProvisioningMessage> which) {
        return bytes -> {
            try {
                ProvisioningMessage message = ProvisioningMessage.parseFrom(bytes);
                if (!which.test(message)) {
                    return bytes;
                }
                ProvisioningMessage.Builder changed = message.toBuilder();
                change.accept(changed);
                return changed.build().toByteArray();
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        };
    }
}
