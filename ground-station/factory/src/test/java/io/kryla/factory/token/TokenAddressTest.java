package io.kryla.factory.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAddressTest {
    @Test
    void readsWhatItWrites() {
        TokenAddress address = new TokenAddress(Path.of("/usr/lib/token/module.so"), 1_730_321_442L);

        assertThat(TokenAddress.parse(address.toString())).isEqualTo(address);
    }

    @Test
    void decodesPercentsAndKeepsPlusSigns() {
        assertThat(TokenAddress.parse("pkcs11:slot-id=0?module-path=/usr/lib/my%20token+1.so")
                        .modulePath())
                .isEqualTo(Path.of("/usr/lib/my token+1.so"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slot-id=1?module-path=/m.so | begins with pkcs11:",
                "pkcs11:slot-id=1 | module-path",
                "pkcs11:slot-id=1?module-path=m.so | absolute",
                "pkcs11:?module-path=/m.so | slot-id",
                "pkcs11:slot-id=one?module-path=/m.so | slot-id",
                "pkcs11:slot-id=1;slot-id=2?module-path=/m.so | one value",
                "pkcs11:slot-id?module-path=/m.so | one value",
                "pkcs11:slot-id=1;token=x?module-path=/m.so | token: not an attribute",
                "pkcs11:slot-id=1?module-path=/m.so&pin-value=1234 | a PIN does not belong",
                "pkcs11:slot-id=1?module-path=/m%zz.so | percent",
            })
    void namesWhatIsWrong(String uri, String expected) {
        assertThatThrownBy(() -> TokenAddress.parse(uri))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.code()).isEqualTo(TokenException.TOKEN_ADDRESS))
                .hasMessageContaining(expected)
                .hasMessageNotContaining("1234");
    }
}
