package dev.pgbraid.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedResponsesTest {
    private final List<String> told = new ArrayList<>();
    private final ExpectedResponses responses = new ExpectedResponses();

    private Outcome outcome(String name) {
        return new Outcome() {
            @Override
            public void confirmed() {
                told.add("confirmed " + name);
            }

            @Override
            public void failed() {
                told.add("failed " + name);
            }

            @Override
            public void skipped() {
                told.add("skipped " + name);
            }
        };
    }

    @Test
    void answersAreTakenInTheOrderOfTheirMessages() {
        expect(Response.PARSE, Response.BIND, Response.DESCRIBE, Response.EXECUTE, Response.SYNC);

        receive("12TDDC");
        assertThat(responses.due()).isEqualTo(Response.SYNC);
        receive("Z");
        assertThat(responses.isEmpty()).isTrue();
    }

    @Test
    void aStatementIsDescribedByTwoMessages() {
        expect(Response.DESCRIBE, Response.SYNC);

        receive("t");
        assertThat(responses.due()).isEqualTo(Response.DESCRIBE);
        receive("n");
        assertThat(responses.due()).isEqualTo(Response.SYNC);
    }

    @Test
    void whatIsAnsweredIsCounted() {
        expect(Response.QUERY, Response.PARSE, Response.SYNC);

        receive("TDDC");
        assertThat(responses.answered()).isZero();
        receive("Z");
        assertThat(responses.answered()).isEqualTo(1);
        receive("1Z");
        assertThat(responses.answered()).isEqualTo(3);
    }

    @Test
    void aSimpleQueryLastsUntilReadyForQuery() {
        expect(Response.QUERY);

        receive("TDCTDCEC");
        assertThat(responses.due()).isEqualTo(Response.QUERY);
        receive("Z");
        assertThat(responses.isEmpty()).isTrue();
    }

    @Test
    void anErrorSkipsToTheSyncThatWasSent() {
        expect(Response.PARSE, Response.BIND, Response.EXECUTE, Response.SYNC, Response.PARSE, Response.SYNC);

        receive("1E");
        assertThat(responses.due()).isEqualTo(Response.SYNC);
        assertThat(responses.isSkippingToSync()).isFalse();
        receive("Z");
        assertThat(responses.due()).isEqualTo(Response.PARSE);
    }

    @Test
    void anErrorSkipsToTheSyncThatIsYetToCome() {
        expect(Response.BIND, Response.EXECUTE);

        receive("E");
        assertThat(responses.isEmpty()).isTrue();
        assertThat(responses.isSkippingToSync()).isTrue();
        expect(Response.SYNC);
        assertThat(responses.isSkippingToSync()).isFalse();
    }

    @Test
    void anErrorOfTheCommitLeavesTheSyncDue() {
        expect(Response.SYNC);

        receive("E");
        assertThat(responses.due()).isEqualTo(Response.SYNC);
        receive("Z");
        assertThat(responses.isEmpty()).isTrue();
    }

    @Test
    void aSimpleQueryBehindAnErrorIsSkippedToo() {
        expect(Response.BIND, Response.QUERY, Response.SYNC);

        receive("E");
        assertThat(responses.due()).isEqualTo(Response.SYNC);
    }

    @Test
    void detailsAreConfirmedOrDropped() {
        responses.expect(Response.PARSE, outcome("first"));
        responses.expect(Response.PARSE, outcome("second"));
        responses.expect(Response.PARSE, outcome("third"));
        expect(Response.SYNC);

        receive("1E");
        assertThat(told).containsExactly("confirmed first", "failed second", "skipped third");
    }

    @Test
    void theProxyAnswersWhenItsTurnHasCome() {
        expect(Response.BIND);
        responses.expect(Response.PARSE_FROM_PROXY, outcome("statement"));
        expect(Response.SYNC);

        assertThat(responses.isProxyDue()).isFalse();
        receive("2");
        assertThat(responses.isProxyDue()).isTrue();
        assertThat(responses.takeProxyDue()).isEqualTo(Response.PARSE_FROM_PROXY);
        assertThat(told).containsExactly("confirmed statement");
        assertThat(responses.due()).isEqualTo(Response.SYNC);
    }

    @Test
    void theProxyDoesNotAnswerWhatAnErrorSkipped() {
        expect(Response.BIND);
        responses.expect(Response.PARSE_FROM_PROXY, outcome("statement"));
        expect(Response.SYNC);

        receive("E");
        assertThat(responses.isProxyDue()).isFalse();
        assertThat(told).containsExactly("skipped statement");
    }

    @Test
    void aSyncSentAheadIsSwallowedByTheCopy() {
        expect(Response.EXECUTE, Response.SYNC);

        receive("G");
        assertThat(responses.isCopyingIn()).isTrue();
        responses.endCopy();
        expect(Response.SYNC);
        receive("CZ");
        assertThat(responses.isEmpty()).isTrue();
    }

    @Test
    void aSyncBehindACopyThatWasSentWholeIsKept() {
        expect(Response.EXECUTE, Response.SYNC);
        responses.endCopy();
        expect(Response.SYNC, Response.QUERY);

        receive("G");
        assertThat(responses.isCopyingIn()).isFalse();
        receive("C");
        assertThat(responses.due()).isEqualTo(Response.SYNC);
        receive("Z");
        assertThat(responses.due()).isEqualTo(Response.QUERY);
    }

    @Test
    void aFailedCopyNoLongerSwallowsSync() {
        expect(Response.EXECUTE);

        receive("GE");
        assertThat(responses.isCopyingIn()).isFalse();
        assertThat(responses.isSkippingToSync()).isTrue();
    }

    @Test
    void whatAnswersNothingIsNotAdmitted() {
        assertThat(responses.admits((byte) 'Z')).isFalse();
        expect(Response.BIND);
        assertThat(responses.admits((byte) '1')).isFalse();
        assertThat(responses.admits((byte) 'D')).isFalse();
        assertThat(responses.admits((byte) '2')).isTrue();
    }

    @Test
    void moreThanFitsAtFirstIsKeptInOrder() {
        for (int i = 0; i < 1000; i++) {
            responses.expect(Response.PARSE, outcome(String.valueOf(i)));
            if (i % 3 == 0) {
                receive("1");
            }
        }
        while (!responses.isEmpty()) {
            receive("1");
        }
        assertThat(told).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(told.get(i)).isEqualTo("confirmed " + i);
        }
    }

    private void expect(Response... expected) {
        for (Response response : expected) {
            responses.expect(response);
        }
    }

    private void receive(String tags) {
        for (int i = 0; i < tags.length(); i++) {
            byte tag = (byte) tags.charAt(i);
            assertThat(responses.admits(tag))
                    .as("%s admits %c", responses.due(), tag)
                    .isTrue();
            responses.received(tag);
        }
    }
}
