package dev.pgbraid.router.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerBodyTest {
    @Test
    void theColumnsThatAreSetAreKnown() {
        assertThat(TriggerBody.assigned("""
            DECLARE
                today date := current_date;
                n int;
            BEGIN
                -- SELECT in a comment
                n := coalesce(NEW.version, 0) + 1;
                IF TG_OP = 'INSERT' AND NEW.created IS NULL THEN
                    NEW.created := now();
                ELSIF NEW.name IS DISTINCT FROM OLD.name THEN
                    NEW."Changed" = clock_timestamp();
                ELSE
                    NEW.version := CASE WHEN n > 5 THEN 1 ELSE 2 END;
                END IF;
                CASE TG_OP WHEN 'INSERT' THEN NULL; ELSE PERFORM pg_notify('changed', NEW.name); END CASE;
                RETURN NEW;
            EXCEPTION WHEN others THEN
                RAISE EXCEPTION 'failed: %', SQLERRM USING HINT = 'select';
            END
            """, Set.of())).contains(Set.of("created", "Changed", "version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN INSERT INTO audit VALUES (NEW.id); RETURN NEW; END",
                "BEGIN NEW.n := (SELECT count(*) FROM t); RETURN NEW; END",
                "BEGIN NEW.n := count(*) FROM t; RETURN NEW; END",
                "BEGIN NEW.n := ARRAY(TABLE t); RETURN NEW; END",
                "BEGIN EXECUTE 'DELETE FROM t'; RETURN NEW; END",
                "BEGIN PERFORM count(*) FROM t; RETURN NEW; END",
                "BEGIN PERFORM mine(NEW.id); RETURN NEW; END",
                "BEGIN NEW.id := nextval('s'); RETURN NEW; END",
                "BEGIN NEW.id := NEW.id ~~~ 1; RETURN NEW; END",
                "BEGIN FOR r IN SELECT * FROM t LOOP NULL; END LOOP; RETURN NEW; END",
                "BEGIN OLD.id := 7; RETURN OLD; END",
                "DECLARE row ALIAS FOR NEW; BEGIN row.id := 7; RETURN NEW; END",
                "BEGIN NEW := OLD; RETURN NEW; END",
                "BEGIN RETURN row(1, 2); END",
                "DECLARE c CURSOR FOR TABLE t; BEGIN OPEN c; RETURN NEW; END",
                "BEGIN CALL p(); RETURN NEW; END",
                "BEGIN RETURN NEW; END $",
                "BEGIN COMMIT; END",
                "BEGIN COMMIT AND CHAIN; END",
                "BEGIN TRUNCATE t; RETURN NULL; END",
                "BEGIN NEW.tags[1] := 'x'; RETURN NEW; END",
            })
    void whatMayDoMoreIsNotProven(String source) {
        assertThat(TriggerBody.assigned(source, Set.of("~~~"))).isEmpty();
    }
}
