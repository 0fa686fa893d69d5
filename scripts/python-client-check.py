"""Exercises the emulator through select_ai, Oracle's client for Python: an application that knows nothing of the emulator."""

import asyncio
import contextlib
import json
import os
import sys

try:
    import select_ai
except ImportError:
    print("skipped select_ai: this Python does not have it. Install it where you like, for example in an environment of")
    print("its own (python3 -m venv DIRECTORY; DIRECTORY/bin/pip install select_ai), and name that Python:")
    print("PYTHON=DIRECTORY/bin/python npx -y pnpm@12.21.0 run check:python")
    sys.exit(0)

import oracledb
from python_checks import run_checks
from select_ai import agent, summary
from select_ai.agent import definition

DSN = os.environ["EMULATOR_CONNECT_STRING"]
USER = os.environ["EMULATOR_USER"]
OTHER_USER = os.environ["EMULATOR_OTHER_USER"]
PASSWORD = os.environ["EMULATOR_PASSWORD"]

SALES = "OCI_AI_PROFILE"
QUESTION = "How many promotions?"
ALL = ".*"
ABSENT = "absent in this version"


def error_of(work):
    try:
        work()
    except oracledb.Error as error:
        return error.args[0]
    raise AssertionError("no error was raised")


def raises(kind, work):
    try:
        work()
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind.__name__} was raised")


def sales_attributes(**others):
    return select_ai.ProfileAttributes(
        provider=select_ai.OCIGenAIProvider(oci_apiformat="GENERIC"),
        credential_name="OCI$RESOURCE_PRINCIPAL",
        object_list=[{"owner": "SH"}],
        comments=True,
        **others,
    )


@contextlib.contextmanager
def logged_on(user):
    """The client keeps one pool for a process, so another user takes its place for a while."""
    select_ai.disconnect()
    select_ai.create_pool(user=user, password=PASSWORD, dsn=DSN)
    try:
        yield
    finally:
        select_ai.disconnect()
        select_ai.create_pool(user=USER, password=PASSWORD, dsn=DSN)


def check_connections():
    assert not select_ai.is_connected()
    select_ai.connect(user=USER, password=PASSWORD, dsn=DSN)
    assert select_ai.is_connected()
    select_ai.disconnect()
    select_ai.create_pool(user=USER, password=PASSWORD, dsn=DSN, min_size=1, max_size=4)
    assert select_ai.is_connected()
    with select_ai.cursor() as cursor:
        cursor.execute("SELECT user FROM dual")
        return cursor.fetchone()[0]


def check_profile_creation():
    missing = raises(select_ai.ProfileNotFoundError, lambda: select_ai.Profile("PYTHON_SALES"))
    created = select_ai.Profile("PYTHON_SALES", attributes=sales_attributes(temperature=0.5), description="Sales 😀")
    fetched = select_ai.Profile.fetch("python_sales")
    assert fetched.attributes == created.attributes, (fetched.attributes, created.attributes)
    assert fetched.description == "Sales 😀"
    raises(select_ai.ProfileExistsError, lambda: select_ai.Profile("PYTHON_SALES", attributes=sales_attributes()))
    merged = select_ai.Profile("PYTHON_SALES", attributes=select_ai.ProfileAttributes(temperature=0.1), merge=True)
    assert merged.get_attributes().temperature == 0.1 and merged.get_attributes().comments is True
    replaced = select_ai.Profile("PYTHON_SALES", attributes=sales_attributes(), replace=True)
    assert replaced.get_attributes() == sales_attributes(), replaced.get_attributes()
    refused = error_of(lambda: select_ai.Profile("PYTHON_BARE", attributes=select_ai.ProfileAttributes()))
    assert refused.code == 20047, refused.message
    return f"{missing} / {refused.message.splitlines()[0]}"


def check_profile_attributes():
    profile = select_ai.Profile.fetch("PYTHON_SALES")
    for name, value in {
        "comments": False,
        "enforce_object_list": True,
        "max_tokens": 512,
        "temperature": 0.25,
        "stop_tokens": '["end"]',
        "object_list": '[{"owner": "SH", "name": "SALES"}]',
    }.items():
        profile.set_attribute(name, value)
    read = profile.get_attributes()
    assert (read.comments, read.enforce_object_list, read.max_tokens, read.temperature) == (False, True, 512, 0.25), read
    assert read.object_list == [{"owner": "SH", "name": "SALES"}], read.object_list
    with select_ai.cursor() as cursor:
        cursor.execute(
            """
            SELECT attribute_name, attribute_value FROM user_cloud_ai_profile_attributes
            WHERE profile_name = 'PYTHON_SALES' AND attribute_name IN ('comments', 'enforce_object_list')
            ORDER BY 1"""
        )
        stored = [(name, value.read()) for name, value in cursor]
    if version() >= (1, 5):
        profile.set_attribute("provider", select_ai.OCIGenAIProvider(model="a-model"))
        assert profile.get_attributes().provider.model == "a-model"
    profile.set_attributes(sales_attributes(seed=7))
    assert profile.get_attributes().object_list == [{"owner": "SH"}]
    unknown = error_of(lambda: profile.set_attribute("nonsense", "x"))
    return f"stored {stored}; {unknown.message.splitlines()[0]}"


def check_profile_list():
    names = sorted(profile.profile_name for profile in select_ai.Profile().list())
    assert names == ["FILM_AI_PROFILE", SALES, "PYTHON_SALES"], names
    assert [profile.profile_name for profile in select_ai.Profile().list("^python")] == ["PYTHON_SALES"]
    pattern = error_of(lambda: list(select_ai.Profile().list("*invalid")))
    return f"{names}; {pattern.message.splitlines()[0]}"


def check_profile_deletion():
    select_ai.Profile.delete_profile("PYTHON_SALES")
    missing = error_of(lambda: select_ai.Profile.delete_profile("PYTHON_SALES"))
    select_ai.Profile.delete_profile("PYTHON_SALES", force=True)
    return missing.message.splitlines()[0]


def check_generate():
    profile = select_ai.Profile(SALES)
    table = profile.run_sql(QUESTION)
    assert table.shape == (1, 1) and table.iloc[0, 0] == 503, table
    assert "PROMOTIONS" in profile.show_sql(QUESTION)
    assert "503" in profile.narrate(QUESTION)
    assert profile.explain_sql(QUESTION) and profile.chat("What can you do?")
    assert '"type" : "TEXT"' in profile.show_prompt(QUESTION), profile.show_prompt(QUESTION)
    empty = profile.run_sql("List promotions with cost above 999999999")
    assert empty.empty, empty
    no_sql = raises(select_ai.InvalidSQLError, lambda: profile.run_sql("Why is the sky blue?"))
    return f"{table.iloc[0].to_dict()}; {no_sql.splitlines()[0]}"


def check_streaming():
    profile = select_ai.Profile(SALES)
    whole = profile.explain_sql(QUESTION)
    pieces = list(profile.explain_sql(QUESTION, stream=True, chunk_size=50))
    assert "".join(pieces) == whole and max(map(len, pieces)) <= 50
    return f"{len(pieces)} pieces of {len(whole)} characters"


def check_attributes_of_one_question():
    if version() < (1, 5):
        return ABSENT
    profile = select_ai.Profile(SALES)
    refused = error_of(lambda: profile.show_sql(QUESTION, attributes={"temperature": "hot"}))
    assert "PROMOTIONS" in profile.show_sql(QUESTION, attributes={"temperature": 0.2, "max_tokens": 200})
    return refused.message.splitlines()[0]


def check_chat_session():
    profile = select_ai.Profile(SALES)
    conversation = select_ai.Conversation(attributes=select_ai.ConversationAttributes(title="Sales 😀"))
    with profile.chat_session(conversation=conversation) as session:
        assert session.chat("What can you do?") and "".join(session.show_sql(QUESTION, stream=True))
        assert session.run_sql(QUESTION).iloc[0, 0] == 503
    prompts = [prompt.prompt for prompt in conversation.list_prompts()]
    assert prompts == ["What can you do?", QUESTION, QUESTION], prompts
    with profile.chat_session(conversation=conversation, delete=True) as session:
        session.explain_sql(QUESTION)
    gone = error_of(conversation.delete)
    assert gone.code == 20050 and "does not exist" in gone.message, gone.message
    return f"{len(prompts)} prompts; {gone.message.splitlines()[0]}"


def check_conversations():
    conversation = select_ai.Conversation(
        attributes=select_ai.ConversationAttributes(title="First", description="About sales", conversation_length=5)
    )
    identifier = conversation.create()
    fetched = select_ai.Conversation.fetch(identifier)
    assert fetched.attributes.title == "First" and fetched.attributes.description == "About sales"
    conversation.set_attributes(select_ai.ConversationAttributes(title="Second"))
    assert conversation.get_attributes().title == "Second"
    assert identifier in [each.conversation_id for each in select_ai.Conversation.list()]
    select_ai.Profile(SALES).chat("Hello", params={"conversation_id": identifier})
    (prompt,) = conversation.list_prompts()
    assert prompt.prompt == "Hello" and prompt.profile_name == SALES, prompt
    conversation.add_tag("team", "sales")
    conversation.remove_tag("team")
    conversation.remove_tag("team", force=True)
    conversation.delete_prompt(prompt.conversation_prompt_id)
    assert list(conversation.list_prompts()) == []
    too_long = error_of(
        select_ai.Conversation(attributes=select_ai.ConversationAttributes(title="A" * 255)).create
    )
    assert too_long.code == 20050 and "Value is too long for conversation attribute - title" in too_long.message
    malformed = error_of(lambda: select_ai.Conversation(conversation_id="fake").delete())
    assert malformed.code == 20050 and "Invalid value for conversation id" in malformed.message, malformed.message
    conversation.delete()
    raises(select_ai.ConversationNotFoundError, lambda: select_ai.Conversation.fetch(identifier))
    return f"{identifier}; {too_long.message.splitlines()[0]}"


def check_summarize():
    profile = select_ai.Profile(SALES)
    content = "The workshop opens at eight. It closes at noon on Fridays. Visitors sign the book at the gate. " * 5
    answer = profile.summarize(content=content)
    assert answer
    params = summary.SummaryParams(min_words=5, max_words=20, summary_style=summary.Style.LIST)
    try:
        guided = profile.summarize(content=content, prompt="Mention the time", params=params)
    except oracledb.DatabaseError as error:
        # What the client calls prompt and parameters, the database calls user_prompt and params.
        assert error.args[0].code == 6550 and "PLS-00306" in error.args[0].message, error.args[0].message
        guided = "a prompt or parameters of one's own fail with PLS-00306"
    return f"{len(answer)} characters; {guided}"


def check_translate():
    return select_ai.Profile(SALES).translate(text="Thank you", source_language="en", target_language="de")


def check_vector_indexes():
    profile = select_ai.Profile("PYTHON_HANDBOOK", attributes=sales_attributes(), replace=True)
    attributes = select_ai.OracleVectorIndexAttributes(location="handbook.txt", chunk_size=512, match_limit=3)
    index = select_ai.VectorIndex(index_name="PYTHON_INDEX", profile=profile, attributes=attributes, description="Rules")
    index.create(wait_for_completion=True)
    index.create(replace=True, wait_for_completion=True)
    fetched = select_ai.VectorIndex.fetch("python_index")
    read = fetched.get_attributes()
    assert (read.chunk_size, read.match_limit, read.pipeline_name) == (512, 3, "PYTHON_INDEX$VECPIPELINE"), read
    assert fetched.description == "Rules" and fetched.get_profile().profile_name == "PYTHON_HANDBOOK"
    index.set_attribute("match_limit", 4)
    index.set_attribute("similarity_threshold", 0.0)
    index.set_attributes(select_ai.VectorIndexAttributes(refresh_rate=60))
    assert (index.attributes.match_limit, index.attributes.refresh_rate) == (4, 60), index.attributes
    assert index.get_next_refresh_timestamp()
    unknown = error_of(lambda: index.set_attribute("nonsense", "x"))
    assert unknown.code == 20048, unknown.message
    for switch in (index.disable, index.disable, index.enable, index.enable):
        switch()
    assert [each.index_name for each in select_ai.VectorIndex().list("^PYTHON")] == ["PYTHON_INDEX"]
    answer = profile.narrate("When does the workshop open?")
    assert "eight" in answer and "Sources:" in answer, answer
    index.delete(force=True)
    raises(select_ai.VectorIndexNotFoundError, lambda: select_ai.VectorIndex.fetch("PYTHON_INDEX"))
    profile.delete()
    return " ".join(answer.split())


def check_credentials():
    credential = {"credential_name": "PYTHON_KEY", "username": "any", "password": "secret"}
    select_ai.create_credential(credential)
    taken = error_of(lambda: select_ai.create_credential(credential))
    assert taken.code == 20022 and "secret" not in taken.message, taken.message
    select_ai.create_credential(credential, replace=True)
    oci = {"user_ocid": "ocid1.user", "tenancy_ocid": "ocid1.tenancy", "private_key": "a key", "fingerprint": "aa:bb"}
    select_ai.create_credential({"credential_name": "PYTHON_OCI_KEY", **oci})
    select_ai.delete_credential("PYTHON_OCI_KEY")
    if version() >= (1, 5):
        select_ai.grant_credential_access("PYTHON_KEY", OTHER_USER)
        select_ai.revoke_credential_access("PYTHON_KEY", OTHER_USER)
    select_ai.delete_credential("PYTHON_KEY")
    missing = error_of(lambda: select_ai.delete_credential("PYTHON_KEY"))
    select_ai.delete_credential("PYTHON_KEY", force=True)
    return f"{taken.message.splitlines()[0]} / {missing.message.splitlines()[0]}"


def check_public_credentials():
    if version() < (1, 5):
        return ABSENT
    with logged_on("ADMIN"):
        credential = {"credential_name": "SHARED_KEY", "username": "any", "password": "secret"}
        select_ai.create_credential(credential, public_synonym=True)
        select_ai.delete_credential("SHARED_KEY", public_synonym=True)
    return "with a public synonym, and without"


def check_privileges():
    with logged_on("ADMIN"):
        select_ai.grant_privileges([USER, OTHER_USER])
        select_ai.revoke_privileges(OTHER_USER)
        select_ai.grant_privileges(OTHER_USER)
        select_ai.grant_http_access(users=USER, provider_endpoint="api.example.com")
        select_ai.revoke_http_access(users=USER, provider_endpoint="api.example.com")
        hosts = {"users": [USER.lower()], "host": "smtp.example.com", "privileges": ["connect", "smtp"]}
        select_ai.grant_network_access(**hosts, lower_port=587, upper_port=587)
        with select_ai.cursor() as cursor:
            cursor.execute("SELECT host, lower_port, principal, privilege FROM dba_host_aces WHERE host = 'smtp.example.com'")
            aces = sorted(cursor.fetchall())
        select_ai.revoke_network_access(**hosts, lower_port=587, upper_port=587)
        unknown = error_of(lambda: select_ai.grant_privileges("NOBODY"))
    return f"{aces}; {unknown.message.splitlines()[0]}"


def check_sharing():
    if version() < (1, 5):
        return ABSENT
    profile = select_ai.Profile("PYTHON_SHARED", attributes=sales_attributes())
    profile.grant_access(OTHER_USER)
    with logged_on(OTHER_USER):
        shared = select_ai.Profile.fetch("PYTHON_SHARED", owner=USER)
        assert shared.qualified_name == f"{USER}.PYTHON_SHARED" and shared.attributes.comments is True
        names = [each.profile_name for each in select_ai.Profile().list(owner=USER)]
        assert names == ["PYTHON_SHARED"], names
    profile.disable()
    disabled = error_of(lambda: profile.chat("Hello"))
    profile.enable()
    profile.revoke_access(OTHER_USER)
    profile.delete()
    return disabled.message.splitlines()[0]


def check_synthetic_data():
    with select_ai.cursor() as cursor:
        cursor.execute("CREATE TABLE python_people (id NUMBER PRIMARY KEY, name VARCHAR2(60))")
        cursor.execute("CREATE TABLE python_cities (id NUMBER PRIMARY KEY, city VARCHAR2(60))")
    profile = select_ai.Profile(SALES)
    params = select_ai.SyntheticDataParams(sample_rows=1, priority="HIGH", table_statistics=False)
    profile.generate_synthetic_data(
        select_ai.SyntheticDataAttributes(object_name="PYTHON_PEOPLE", record_count=5, params=params, user_prompt="People")
    )
    tables = [{"owner": USER, "name": name, "record_count": 3} for name in ("PYTHON_PEOPLE", "PYTHON_CITIES")]
    profile.generate_synthetic_data(select_ai.SyntheticDataAttributes(object_list=tables, params={"comments": True}))
    with select_ai.cursor() as cursor:
        cursor.execute("SELECT (SELECT COUNT(*) FROM python_people), (SELECT COUNT(*) FROM python_cities) FROM dual")
        counts = cursor.fetchone()
    assert counts == (8, 3), counts
    negative = select_ai.SyntheticDataAttributes(object_name="PYTHON_PEOPLE", record_count=-1)
    refused = error_of(lambda: profile.generate_synthetic_data(negative))
    assert refused.code == 20000 and "record_count cannot be smaller than 0" in refused.message, refused.message
    return f"{counts[0]} and {counts[1]} rows"


def check_feedback():
    profile = select_ai.Profile("PYTHON_FEEDBACK", attributes=sales_attributes())
    spec = (QUESTION, select_ai.Action.SHOWSQL)
    never_run = error_of(lambda: profile.add_positive_feedback(prompt_spec=spec))
    assert never_run.code == 20000, never_run.message
    with select_ai.db.get_connection() as connection, connection.cursor() as cursor:
        cursor.execute("BEGIN DBMS_CLOUD_AI.SET_PROFILE('PYTHON_FEEDBACK'); END;")
        cursor.execute(f"select ai showsql {QUESTION}")
        cursor.fetchall()
    profile.add_positive_feedback(prompt_spec=spec)
    assert "sql_query" in profile.show_prompt(QUESTION)
    corrected = "SELECT COUNT(*) AS corrected FROM sh.promotions"
    profile.add_negative_feedback(prompt_spec=spec, response=corrected, feedback_content="Name the column")
    assert "corrected" in profile.show_prompt(QUESTION)
    profile.delete_feedback(prompt_spec=spec)
    assert "corrected" not in profile.show_prompt(QUESTION)
    both = error_of(lambda: profile.add_positive_feedback(prompt_spec=spec, sql_id="6s20ukn8j3p5j"))
    assert both.code == 6550, both.message
    profile.delete()
    return f"{never_run.message.splitlines()[0]} / {both.message.splitlines()[0]}"


def create_team(name):
    agent.Tool.create_sql_tool(f"{name}_SQL", profile_name=SALES, replace=True)
    agent.Task(
        task_name=f"{name}_TASK",
        attributes=agent.TaskAttributes(instruction="Answer: {query}", tools=[f"{name}_SQL"], enable_human_tool=False),
    ).create(replace=True)
    agent.Agent(
        agent_name=f"{name}_AGENT",
        description="Counts",
        attributes=agent.AgentAttributes(profile_name=SALES, role="You count", enable_human_tool=False),
    ).create(replace=True)
    team = agent.Team(
        team_name=name,
        description="A team of one",
        attributes=agent.TeamAttributes(agents=[{"name": f"{name}_AGENT", "task": f"{name}_TASK"}], process="sequential"),
    )
    team.create(replace=True)
    return team


def delete_team(name):
    agent.Team.delete_team(name, force=True)
    agent.Agent.delete_agent(f"{name}_AGENT", force=True)
    agent.Task.delete_task(f"{name}_TASK", force=True)
    agent.Tool.delete_tool(f"{name}_SQL", force=True)


def check_agent_objects():
    create_team("PYTHON_TEAM")
    create_team("PYTHON_TEAM")
    for kind, name in ((agent.Agent, "AGENT"), (agent.Task, "TASK"), (agent.Tool, "SQL")):
        found = kind.fetch(f"python_team_{name}")
        assert found.attributes is not None
        assert len(list(kind.list("^PYTHON"))) == 1
        found.disable()
        found.enable()
    fetched = agent.Agent.fetch("PYTHON_TEAM_AGENT")
    fetched.set_attribute("role", "You count promotions")
    fetched.set_attribute("enable_human_tool", True)
    assert fetched.attributes.role == "You count promotions" and fetched.attributes.enable_human_tool is True
    agent.Task.fetch("PYTHON_TEAM_TASK").set_attribute("tools", json.dumps(["PYTHON_TEAM_SQL"]))
    tool = agent.Tool.fetch("PYTHON_TEAM_SQL")
    assert tool.attributes.tool_params.profile_name == SALES, tool.attributes
    team = agent.Team.fetch("PYTHON_TEAM")
    assert team.attributes.agents == [{"name": "PYTHON_TEAM_AGENT", "task": "PYTHON_TEAM_TASK"}], team.attributes
    enabled = error_of(team.enable)
    assert enabled.code == 20053, enabled.message
    unknown = error_of(lambda: fetched.set_attribute("nonsense", "x"))
    assert unknown.code == 20050, unknown.message
    raises(select_ai.AgentTeamNotFoundError, lambda: agent.Team.fetch("NO_TEAM"))
    return f"{enabled.message.splitlines()[0]} / {unknown.message.splitlines()[0]}"


def check_tools():
    select_ai.create_credential({"credential_name": "PYTHON_TOOL_KEY", "username": "any", "password": "secret"})
    agent.Tool.create_rag_tool("PYTHON_RAG", profile_name=SALES)
    agent.Tool.create_websearch_tool("PYTHON_WEB", credential_name="PYTHON_TOOL_KEY", description="The web")
    agent.Tool.create_email_notification_tool(
        "PYTHON_MAIL", "PYTHON_TOOL_KEY", "to@example.com", "from@example.com", "smtp.example.com", "Mail", subject="News"
    )
    agent.Tool.create_slack_notification_tool("PYTHON_SLACK", "PYTHON_TOOL_KEY", "general")
    with select_ai.cursor() as cursor:
        cursor.execute(
            """
            CREATE OR REPLACE FUNCTION python_double(given NUMBER) RETURN NUMBER IS
            BEGIN
                RETURN given * 2;
            END;"""
        )
    tool = agent.Tool.create_pl_sql_tool("PYTHON_DOUBLE", "PYTHON_DOUBLE", description="Doubles a number")
    names = sorted(each.tool_name for each in agent.Tool.list("^PYTHON_(RAG|WEB|MAIL|SLACK|DOUBLE)"))
    assert len(names) == 5, names
    assert agent.Tool.fetch("PYTHON_MAIL").attributes.tool_params.recipient == "to@example.com"
    output = tool.run_tool(json.dumps({"given": 21})) if hasattr(tool, "run_tool") else ABSENT
    assert output == ABSENT or "42" in output, output
    described = json.loads(tool.describe_tool()) if hasattr(tool, "describe_tool") else None
    for name in names:
        agent.Tool.delete_tool(name)
    return f"{names}; {output}; {described}"


def check_team_runs():
    team = agent.Team.fetch("PYTHON_TEAM")
    agent.Agent.fetch("PYTHON_TEAM_AGENT").set_attribute("enable_human_tool", False)
    answer = team.run(QUESTION)
    assert "503" in answer, answer
    conversation = select_ai.Conversation(attributes=select_ai.ConversationAttributes(title="A team"))
    params = {"conversation_id": conversation.create(), "variables": {"year": "2001"}}
    assert team.run("How many channels?", params=params)
    missing = error_of(lambda: agent.Team("NO_TEAM").run(QUESTION))
    if not hasattr(agent, "TeamHistory"):
        return f"{answer}; {missing.message.splitlines()[0]}"
    runs = list(agent.TeamHistory.list(team_name="PYTHON_TEAM"))
    assert [run.state for run in runs] == ["SUCCEEDED", "SUCCEEDED"], runs
    assert json.loads(runs[0].params)["variables"] == {"year": "2001"}, runs[0]
    assert list(agent.TaskHistory.list(team_name="PYTHON_TEAM")) and list(agent.ToolHistory.list(limit=1))
    tools = json.loads(team.list_tools())
    assert json.loads(team.describe_team())
    team.grant_access(OTHER_USER)
    team.revoke_access(OTHER_USER)
    return f"{answer}; {tools}; {missing.message.splitlines()[0]}"


def check_team_transfer():
    text = agent.Team.export_team("PYTHON_TEAM")
    specification = json.loads(text)
    agent.Team.import_team(profile_name=SALES, team_name="PYTHON_COPY", specification=specification, force=True)
    assert agent.Team.fetch("PYTHON_COPY").attributes.agents
    assert "503" in agent.Team.fetch("PYTHON_COPY").run(QUESTION)
    defined = definition.get_definition("TEAM", "PYTHON_TEAM")
    assert "PYTHON_TEAM" in defined, defined
    agent.Team.delete_team("PYTHON_COPY")
    delete_team("PYTHON_TEAM")
    assert list(agent.Team.list("^PYTHON")) == []
    return " ".join(defined.split())[:100]


async def use_asynchronously():
    select_ai.create_pool_async(user=USER, password=PASSWORD, dsn=DSN, min_size=1, max_size=4)
    try:
        assert await select_ai.async_is_connected()
        profile = await select_ai.AsyncProfile("PYTHON_ASYNC", attributes=sales_attributes(), description="Async")
        await profile.set_attribute("comments", False)
        assert (await profile.get_attributes()).comments is False
        names = [each.profile_name async for each in select_ai.AsyncProfile.list("^PYTHON")]
        assert names == ["PYTHON_ASYNC"], names
        answers = await asyncio.gather(profile.show_sql(QUESTION), profile.run_sql(QUESTION), profile.chat("Hello"))
        assert "PROMOTIONS" in answers[0] and answers[1].iloc[0, 0] == 503 and answers[2]
        pieces = [piece async for piece in await profile.narrate(QUESTION, stream=True, chunk_size=10)]
        assert "503" in "".join(pieces)
        assert await profile.translate("Thank you", "en", "de") and await profile.summarize(content="One. Two. Three.")
        batch = await profile.run_pipeline(
            [(QUESTION, select_ai.Action.SHOWSQL), ("Hello", "nonsense"), (QUESTION, select_ai.Action.RUNSQL)],
            continue_on_error=True,
        )
        assert "PROMOTIONS" in batch[0] and batch[1].code == 20000 and "503" in batch[2], batch
        conversation = select_ai.AsyncConversation(attributes=select_ai.ConversationAttributes(title="Async"))
        async with profile.chat_session(conversation=conversation, delete=True) as session:
            await session.chat("Hello")
            assert (await session.run_sql(QUESTION)).iloc[0, 0] == 503
        await use_asynchronous_objects(profile)
        await profile.delete()
        return f"{len(pieces)} pieces, a pipeline with {batch[1].message.splitlines()[0]}"
    finally:
        await select_ai.async_disconnect()


async def use_asynchronous_objects(profile):
    await select_ai.async_create_credential({"credential_name": "PYTHON_KEY", "username": "any", "password": "secret"})
    await select_ai.async_delete_credential("PYTHON_KEY")
    index = select_ai.AsyncVectorIndex(
        index_name="PYTHON_ASYNC_INDEX",
        profile=profile,
        attributes=select_ai.OracleVectorIndexAttributes(location="handbook.txt"),
    )
    await index.create(wait_for_completion=True)
    assert "eight" in await profile.narrate("When does the workshop open?")
    assert (await index.get_attributes()).location == "handbook.txt"
    await index.delete()
    with select_ai.cursor() as cursor:
        cursor.execute("CREATE TABLE python_async_people (id NUMBER PRIMARY KEY, name VARCHAR2(60))")
    await profile.generate_synthetic_data(
        select_ai.SyntheticDataAttributes(object_name="PYTHON_ASYNC_PEOPLE", record_count=2)
    )
    await agent.AsyncTool.create_sql_tool("PYTHON_ASYNC_SQL", profile_name=SALES)
    task = agent.AsyncTask(
        "PYTHON_ASYNC_TASK",
        attributes=agent.TaskAttributes(instruction="{query}", tools=["PYTHON_ASYNC_SQL"], enable_human_tool=False),
    )
    await task.create()
    counter = agent.AsyncAgent("PYTHON_ASYNC_AGENT", attributes=agent.AgentAttributes(profile_name=SALES, role="You count"))
    await counter.create()
    members = [{"name": "PYTHON_ASYNC_AGENT", "task": "PYTHON_ASYNC_TASK"}]
    team = agent.AsyncTeam("PYTHON_ASYNC_TEAM", attributes=agent.TeamAttributes(agents=members))
    await team.create()
    assert "503" in await team.run(QUESTION)
    for one in (team, counter, task, await agent.AsyncTool.fetch("PYTHON_ASYNC_SQL")):
        await one.delete()


def check_asynchronous_client():
    return asyncio.run(use_asynchronously())


def check_disconnect():
    select_ai.disconnect()
    return raises(select_ai.DatabaseNotConnectedError, lambda: select_ai.Profile(SALES)).splitlines()[0]


def version():
    return tuple(int(part) for part in select_ai.__version__.split(".")[:2])


run_checks(f"select_ai {select_ai.__version__} over python-oracledb {oracledb.__version__}", globals())
