"""Exercises the emulator through python-oracledb in thin mode: a driver that shares no code with node-oracledb."""

import asyncio
import datetime
import json
import os
import time

import oracledb
from python_checks import run_checks

DSN = os.environ["EMULATOR_CONNECT_STRING"]
USER = os.environ["EMULATOR_USER"]
PASSWORD = os.environ["EMULATOR_PASSWORD"]

GENERATE = """
    BEGIN
        :answer := DBMS_CLOUD_AI.GENERATE(prompt => :prompt, action => :action, profile_name => :profile);
    END;"""


def connect():
    return oracledb.connect(user=USER, password=PASSWORD, dsn=DSN)


def error_of(work):
    try:
        work()
    except oracledb.Error as error:
        return error.args[0]
    raise AssertionError("no error was raised")


def generate(connection, prompt, action="chat", profile="OCI_AI_PROFILE"):
    with connection.cursor() as cursor:
        answer = cursor.var(oracledb.DB_TYPE_CLOB)
        cursor.execute(GENERATE, answer=answer, prompt=prompt, action=action, profile=profile)
        return answer.getvalue().read()


def check_connect():
    with connect() as connection:
        connection.ping()
        return f"server version {connection.version}"


def check_wrong_password():
    error = error_of(lambda: oracledb.connect(user=USER, password=PASSWORD + "x", dsn=DSN))
    assert error.code == 1017, error.message
    assert PASSWORD not in error.message
    return error.message


def check_unknown_service():
    error = error_of(lambda: oracledb.connect(user=USER, password=PASSWORD, dsn=DSN.rsplit("/", 1)[0] + "/NOWHERE"))
    assert "NOWHERE" in error.message or "12514" in error.message, error.message
    return error.message.splitlines()[0]


def check_query():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT promo_id, promo_name, promo_begin_date FROM sh.promotions ORDER BY promo_id")
        rows = cursor.fetchall()
        assert len(rows) == 503, len(rows)
        names = [column[0] for column in cursor.description]
        assert names == ["PROMO_ID", "PROMO_NAME", "PROMO_BEGIN_DATE"], names
        return f"{len(rows)} rows, first {rows[0]}"


def check_clob_query():
    with connect() as connection, connection.cursor() as cursor:
        text = "é€😀" * 20_000
        cursor.execute("SELECT 1 AS n, TO_CLOB(:text) AS document FROM dual", text=text)
        number, document = cursor.fetchone()
        assert number == 1 and document.read() == text
        return f"{document.size()} characters of CLOB came back as they were sent"


def check_generate():
    with connect() as connection:
        sql = generate(connection, "How many promotions?", "showsql")
        rows = generate(connection, "How many promotions?", "runsql")
        assert "PROMOTIONS" in sql and "503" in rows, (sql, rows)
        long_prompt = generate(connection, "What can you do? " + "x" * 1_000_000)
        assert long_prompt
        return " ".join(sql.split()) + " -> " + " ".join(rows.split())


def check_generate_in_query():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT DBMS_CLOUD_AI.GENERATE(prompt => :prompt, profile_name => 'OCI_AI_PROFILE', action => 'chat') FROM dual",
            prompt="Hello",
        )
        (answer,) = cursor.fetchone()
        return answer.read().splitlines()[0]


def check_error():
    with connect() as connection, connection.cursor() as cursor:
        missing = error_of(lambda: cursor.execute("SELECT * FROM nowhere"))
        assert missing.code == 942, missing.message
        profile = error_of(lambda: generate(connection, "Hello", profile="NO_SUCH_PROFILE"))
        assert profile.code == 20046, profile.message
        assert connection.is_healthy()
        return f"{missing.message.splitlines()[0]} / {profile.message.splitlines()[0]}"


def check_call_timeout():
    with connect() as connection, connection.cursor() as cursor:
        connection.call_timeout = 300
        started = time.monotonic()
        error = error_of(lambda: cursor.execute("BEGIN DBMS_SESSION.SLEEP(30); END;"))
        elapsed = time.monotonic() - started
        connection.call_timeout = 0
        cursor.execute("SELECT 'usable' FROM dual")
        assert cursor.fetchone() == ("usable",)
        assert elapsed < 10, elapsed
        return f"{error.message.splitlines()[0]}; the connection stayed usable"


def check_json():
    document = {"name": "Zoë 😀", "list": [1, 2.5, None, True, "x" * 70_000], "nested": {"deep": [{}, []]}}
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE python_documents (document JSON)")
        cursor.setinputsizes(oracledb.DB_TYPE_CLOB)
        cursor.execute("INSERT INTO python_documents VALUES (:1)", [json.dumps(document)])
        cursor.setinputsizes()
        cursor.execute(
            """
            SELECT JSON_SERIALIZE(document RETURNING CLOB), JSON_VALUE(document, '$.list[1]' RETURNING NUMBER)
            FROM python_documents"""
        )
        text, number = cursor.fetchone()
        assert json.loads(text.read()) == document and number == 2.5
        if oracledb.__version__.startswith("1."):
            return "as text and by a path; this version of the driver has no type for it"
        cursor.execute("SELECT document FROM python_documents")
        assert cursor.fetchone() == (document,)
        answer = cursor.var(oracledb.DB_TYPE_JSON)
        cursor.setinputsizes(answer, oracledb.DB_TYPE_JSON)
        cursor.execute("BEGIN :1 := :2; END;", [answer, document])
        assert answer.getvalue() == document
        return "as values, as text and by a path"


def check_times():
    moment = datetime.datetime(2024, 2, 29, 23, 59, 58, 123456)
    span = datetime.timedelta(days=-1, hours=2, microseconds=5)
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE python_times (t TIMESTAMP, z TIMESTAMP WITH TIME ZONE, l TIMESTAMP WITH LOCAL TIME ZONE, d INTERVAL DAY TO SECOND)")
        cursor.setinputsizes(oracledb.DB_TYPE_TIMESTAMP, oracledb.DB_TYPE_TIMESTAMP_TZ, oracledb.DB_TYPE_TIMESTAMP_LTZ, oracledb.DB_TYPE_INTERVAL_DS)
        cursor.execute("INSERT INTO python_times VALUES (:1, :2, :3, :4)", [moment, moment, moment, span])
        cursor.execute("SELECT * FROM python_times")
        row = cursor.fetchone()
        assert row == (moment, moment, moment, span), row
        return f"{row[0]}, {row[3]}"


def check_numbers():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE python_numbers (d BINARY_DOUBLE, f BINARY_FLOAT, n NUMBER(10, 2))")
        cursor.setinputsizes(oracledb.DB_TYPE_BINARY_DOUBLE, oracledb.DB_TYPE_BINARY_FLOAT, None)
        cursor.execute("INSERT INTO python_numbers VALUES (:1, :2, :3)", [1.1e300, -0.5, 12.25])
        cursor.execute("SELECT * FROM python_numbers")
        row = cursor.fetchone()
        assert row == (1.1e300, -0.5, 12.25), row
        return str(row)


def check_arrays():
    with connect() as connection, connection.cursor() as cursor:
        numbers = cursor.arrayvar(oracledb.DB_TYPE_NUMBER, [1, 2, 3], 10)
        total = cursor.var(oracledb.DB_TYPE_NUMBER)
        cursor.execute(
            """
            DECLARE
                TYPE numbers IS TABLE OF NUMBER INDEX BY PLS_INTEGER;
                given numbers := :numbers;
                total NUMBER := 0;
            BEGIN
                FOR i IN 1 .. given.COUNT LOOP
                    total := total + given(i);
                    given(i) := given(i) * 2;
                END LOOP;
                :numbers := given;
                :total := total;
            END;""",
            numbers=numbers,
            total=total,
        )
        assert total.getvalue() == 6 and numbers.getvalue() == [2, 4, 6], (total.getvalue(), numbers.getvalue())
        return f"sum {total.getvalue():g}, doubled {numbers.getvalue()}"


def check_cursors():
    with connect() as connection, connection.cursor() as cursor:
        rows = cursor.var(oracledb.DB_TYPE_CURSOR)
        cursor.execute("BEGIN OPEN :1 FOR SELECT promo_id FROM sh.promotions WHERE promo_id < 3 ORDER BY 1; END;", [rows])
        opened = rows.getvalue().fetchall()
        assert opened == [(1,), (2,)], opened
        cursor.execute(
            """
            DECLARE
                results SYS_REFCURSOR;
            BEGIN
                OPEN results FOR SELECT 'a' FROM dual;
                DBMS_SQL.RETURN_RESULT(results);
                OPEN results FOR SELECT 1, 2 FROM dual;
                DBMS_SQL.RETURN_RESULT(results);
            END;"""
        )
        implicit = [result.fetchall() for result in cursor.getimplicitresults()]
        assert implicit == [[("a",)], [(1, 2)]], implicit
        return f"REF CURSOR {opened}, implicit results {implicit}"


def check_many_executions():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE python_many (id NUMBER PRIMARY KEY, text VARCHAR2(5))")
        rows = [(1, "one"), (2, "two"), (2, "again"), (3, "too long"), (4, None)]
        cursor.executemany("INSERT INTO python_many VALUES (:1, :2)", rows, batcherrors=True, arraydmlrowcounts=True)
        errors = [(error.offset, error.code) for error in cursor.getbatcherrors()]
        assert errors == [(2, 1), (3, 12899)], errors
        counts = cursor.getarraydmlrowcounts()
        assert counts == [1, 1, 0, 0, 1], counts
        cursor.executemany("UPDATE python_many SET text = :1 WHERE id >= :2", [("x", 2), ("y", 4)], arraydmlrowcounts=True)
        assert cursor.getarraydmlrowcounts() == [2, 1], cursor.getarraydmlrowcounts()
        return f"row counts {counts}, errors {errors}"


def check_server_side_pool():
    pool = oracledb.create_pool(user=USER, password=PASSWORD, dsn=DSN + ":pooled", min=0, max=2, increment=1, cclass="CHECK", purity=oracledb.PURITY_SELF)
    for _ in range(3):
        with pool.acquire() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 'pooled' FROM dual")
            assert cursor.fetchone() == ("pooled",)
    pool.close()
    return "three borrowers"


async def run_pipeline():
    async with oracledb.connect_async(user=USER, password=PASSWORD, dsn=DSN) as connection:
        pipeline = oracledb.create_pipeline()
        pipeline.add_fetchall("SELECT promo_id FROM sh.promotions WHERE promo_id < 3 ORDER BY 1")
        pipeline.add_execute("nonsense")
        pipeline.add_commit()
        pipeline.add_fetchone("SELECT :1 FROM dual", ["last"])
        return await asyncio.wait_for(connection.run_pipeline(pipeline, continue_on_error=True), 30)


def check_pipeline():
    if not hasattr(oracledb, "create_pipeline"):
        return "this version of the driver has none"
    results = asyncio.run(run_pipeline())
    assert results[0].rows == [(1,), (2,)] and results[3].rows == [("last",)], [result.rows for result in results]
    assert [result.error and result.error.code for result in results] == [None, 900, None, None]
    return f"four operations, one of them {results[1].error.message.splitlines()[0]}"


run_checks(f"python-oracledb {oracledb.__version__}", globals())
