package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.benchmarks.MessageReader.Message;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    /** The lines, one byte at a time, as a slow network may give them. */
    private static MessageReader reading(String... lines) {
        InputStream in = new ByteArrayInputStream(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
        return new MessageReader(new InputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return in.read(buffer, offset, 1);
            }
        });
    }

    @Test
    void messages_follow_each_other_on_one_connection() throws IOException {
        MessageReader reader = reading(
                "HTTP/1.1 201 Created",
                "LOCATION: http://a/b",
                "Content-Length: 3",
                "",
                "abcHTTP/1.1 204 No Content",
                "",
                "PUT /service/complete?x=y HTTP/1.1",
                "Host: a",
                "",
                "");

        Message created = reader.read().orElseThrow();
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.required("Location")).isEqualTo("http://a/b");
        assertThat(created.body()).isEqualTo("abc");
        assertThat(reader.read().orElseThrow().status()).isEqualTo(204);
        assertThat(reader.read().orElseThrow().path()).isEqualTo("/service/complete?x=y");
        assertThat(reader.read()).isEmpty();
    }

    @Test
    void chunks_are_put_together() throws IOException {
        MessageReader reader = reading(
                "HTTP/1.1 200 OK",
                "Transfer-Encoding: chunked",
                "",
                "4",
                "Clos",
                "2",
                "ed",
                "0",
                "",
                "HTTP/1.1 204 No Content",
                "",
                "");

        assertThat(reader.read().orElseThrow().body()).isEqualTo("Closed");
        assertThat(reader.read().orElseThrow().status()).isEqualTo(204);
    }

    @Test
    void a_connection_that_ends_within_a_message_is_an_error() {
        assertThatThrownBy(reading("HTTP/1.1 200 OK", "Content-Length: 3", "", "ab")::read)
                .isInstanceOf(EOFException.class);
    }
}
