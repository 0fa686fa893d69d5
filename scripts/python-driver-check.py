"""Exercises the emulator through python-oracledb in thin mode: a driver that shares no code with node-oracledb."""

import os
import sys
import time

import oracledb

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


def main():
    checks = [value for name, value in globals().items() if name.startswith("check_")]
    failed = 0
    for check in checks:
        title = check.__name__.removeprefix("check_").replace("_", " ")
        try:
            print(f"ok      {title}: {check()}", flush=True)
        except Exception as problem:  # every check is reported, whatever broke
            failed += 1
            print(f"FAILED  {title}: {problem!r}", flush=True)
    print(f"python-oracledb {oracledb.__version__}: {len(checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
