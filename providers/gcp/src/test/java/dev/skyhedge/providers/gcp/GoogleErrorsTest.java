package dev.skyhedge.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.httpjson.HttpJsonStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.cloud.compute.v1.Error;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.spi.Failure;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GoogleErrorsTest {
    @Test
    void reasonAndTextAreInTheBody() {
        CloudError error = refused(403, """
                {"error": {"code": 403, "message": "Quota 'CPUS' exceeded.",
                  "errors": [{"domain": "usageLimits", "reason": "quotaExceeded", "message": "Quota"}]}}
                """);

        assertThat(error.status()).isEqualTo(403);
        assertThat(error.code()).isEqualTo("quotaExceeded");
        assertThat(error.text()).isEqualTo("Quota 'CPUS' exceeded.");
        assertThat(error.retryAfter())
                .hasValueSatisfying(time -> assertThat(time).hasSeconds(9));
    }

    @Test
    void newerShapeHasItsReasonInTheDetailsOrTheStatus() {
        assertThat(refused(
                                403,
                                "{\"error\": {\"status\": \"PERMISSION_DENIED\", \"details\":"
                                        + " [{\"reason\": \"IAM_PERMISSION_DENIED\"}]}}")
                        .code())
                .isEqualTo("IAM_PERMISSION_DENIED");
        assertThat(refused(404, "{\"error\": {\"status\": \"NOT_FOUND\"}}").code())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void bodyThatExplainsNothingLeavesTheStatus() {
        for (String body : new String[] {"", "<html>", "[]", "null", "{\"error\": \"no\"}", "{\"error\": {}}", "{"}) {
            CloudError error = refused(502, body);

            assertThat(error.status()).as(body).isEqualTo(502);
            assertThat(error.code()).as(body).isEmpty();
        }
    }

    @Test
    void callWithoutAnAnswerHasNoStatus() {
        CloudError error = GoogleErrors.of(ApiExceptionFactory.createException(
                new IOException("Connection reset"), HttpJsonStatusCode.of(503), true));

        assertThat(error.status()).isZero();
        assertThat(error.text()).contains("Connection reset");
    }

    @Test
    void credentialsThatCannotBeRenewedAreDenied() {
        CloudError error = GoogleErrors.of(ApiExceptionFactory.createException(
                response(400, "{\"error\": \"invalid_grant\"}"), HttpJsonStatusCode.of(401), false));

        assertThat(GoogleFailures.of(error, GoogleFailures.EVERYTHING)).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void operationTellsItsFirstError() {
        Operation failed = Operation.newBuilder()
                .setName("operation-1")
                .setHttpErrorStatusCode(503)
                .setError(Error.newBuilder()
                        .addErrors(Errors.newBuilder()
                                .setCode("ZONE_RESOURCE_POOL_EXHAUSTED")
                                .setMessage("none left")))
                .build();

        assertThat(GoogleErrors.of(failed)).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo("ZONE_RESOURCE_POOL_EXHAUSTED");
            assertThat(error.message()).contains("operation-1");
        });
        assertThat(GoogleErrors.of(Operation.newBuilder().setName("operation-2").build()))
                .isEmpty();
    }

    private static CloudError refused(int status, String body) {
        return GoogleErrors.of(
                ApiExceptionFactory.createException(response(status, body), HttpJsonStatusCode.of(status), false));
    }

    private static HttpResponseException response(int status, String body) {
        return new HttpResponseException.Builder(status, "Refused", new HttpHeaders().setRetryAfter("9"))
                .setContent(body)
                .build();
    }
}
