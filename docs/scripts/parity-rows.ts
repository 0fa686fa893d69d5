/** What another client offers: `yes`, `no`, or a few words where it is neither. */
type Offer = 'yes' | 'no' | (string & {})

/** A method of ours, or an option or a class, and the test that proves it. */
export interface Proof {
  readonly call: string
  /** The test's file, from the root of the repository, and its title. */
  readonly test: readonly [file: string, title: string]
}

/** Something that a client of Select AI can do. */
export interface ParityRow {
  readonly feature: string
  readonly python14: Offer
  readonly python15: Offer
  readonly java: Offer
  readonly ours: readonly Proof[]
}

export interface ParityGroup {
  readonly title: string
  readonly rows: readonly ParityRow[]
}

const core = (name: string): string => `packages/core/test/${name}.test.ts`
const terminalTool = (name: string): string => `packages/cli/test/${name}.test.ts`

const connections: ParityGroup = {
  title: 'Connections',
  rows: [
    {
      feature: 'Client object; several databases in one process',
      python14: 'no',
      python15: 'no',
      java: 'yes',
      ours: [
        {
          call: 'createPool(options)',
          test: [core('pool-start'), 'keeps two pools apart, also when one of them closes'],
        },
      ],
    },
    {
      feature: 'Settings from the environment',
      python14: 'by the application',
      python15: 'by the application',
      java: 'by the application',
      ours: [
        {
          call: 'createPool()',
          test: [core('pool-start'), 'reads the settings from the environment when it is called'],
        },
      ],
    },
    {
      feature: 'Deadline for a call',
      python14: 'no',
      python15: 'no',
      java: 'statement time-out',
      ours: [
        {
          call: '{ timeoutMs }',
          test: [core('pool-call'), 'breaks a call whose time is over, and uses the connection again'],
        },
      ],
    },
    {
      feature: 'Cancellation that reaches the database',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: '{ signal }',
          test: [core('pool-call'), 'breaks a call whose caller aborts, and uses the connection again'],
        },
      ],
    },
    {
      feature: 'Bounded waiting line that explains itself',
      python14: 'no',
      python15: 'no',
      java: "the pool's",
      ours: [
        {
          call: 'PoolTimeoutError',
          test: [
            core('pool-waiting'),
            'gives up after queueTimeoutMs and says who holds the connections, for how long, and why',
          ],
        },
      ],
    },
    {
      feature: 'State of the pool, health without a connection',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'pool.stats()',
          test: [core('pool-waiting'), 'never opens more than poolMax connections and serves callers in their order'],
        },
        { call: 'pool.health()', test: [core('pool-health'), 'is ready, and asking costs nothing'] },
      ],
    },
    {
      feature: 'Is the database there',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        { call: 'pool.isConnected()', test: [core('pool-health'), 'is false within its time when the line is dead'] },
      ],
    },
    {
      feature: 'Close that drains and always ends',
      python14: 'no',
      python15: 'no',
      java: "the pool's",
      ours: [
        {
          call: 'pool.close({ drainTimeoutMs })',
          test: [core('pool-close'), 'comes to an end when connections are stuck, in use or idle'],
        },
      ],
    },
    {
      feature: 'A connection for SQL of your own',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'pool.withConnection(work)',
          test: [core('pool-call'), 'lends a connection of the driver and passes the result on'],
        },
      ],
    },
    {
      feature: 'A module that is reloaded takes the pool over',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'takeOver',
          test: [core('take-over'), 'takes over its pool, twenty times, and the sessions stay the same'],
        },
      ],
    },
  ],
}

const profiles: ParityGroup = {
  title: 'Profiles',
  rows: [
    {
      feature: 'Create',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'profile.create(definition)',
          test: [core('manage-profiles'), 'is read back with what was set and nothing else, typed and frozen'],
        },
      ],
    },
    {
      feature: 'Replace',
      python14: 'drop and create',
      python15: 'drop and create',
      java: 'no',
      ours: [
        {
          call: 'profile.createOrReplace(definition)',
          test: [core('manage-profiles'), 'has nothing left of the old one'],
        },
      ],
    },
    {
      feature: 'Change some attributes',
      python14: 'drop and create, or one by one',
      python15: 'drop and create, or one by one',
      java: 'yes',
      ours: [
        {
          call: 'profile.merge(attributes)',
          test: [core('manage-profiles'), 'gets the attributes that are given and keeps the rest'],
        },
        {
          call: 'profile.setAttribute(name, value)',
          test: [core('manage-profiles'), 'takes single values of every type, in any case of the name'],
        },
      ],
    },
    {
      feature: 'Read attributes and description',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'profile.fetch()',
          test: [core('manage-profiles'), 'is read back with what was set and nothing else, typed and frozen'],
        },
      ],
    },
    {
      feature: 'Status and timestamps',
      python14: 'no',
      python15: 'no',
      java: 'status',
      ours: [{ call: 'profile.fetch()', test: [core('manage-profiles'), 'answers, unless it is created disabled'] }],
    },
    {
      feature: 'The block that creates it anew, with its vector index if wanted',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'profile.definition(options)',
          test: [core('definitions'), 'creates it anew, with its status, its description and every quote'],
        },
      ],
    },
    {
      feature: 'Attributes that the client does not know',
      python14: 'error',
      python15: 'error',
      java: 'not stated',
      ours: [
        {
          call: 'profile.fetch()',
          test: [core('manage-profiles'), 'keeps attributes that this package does not know, as text'],
        },
      ],
    },
    {
      feature: 'List by pattern',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'pool.listProfiles({ pattern })',
          test: [core('manage-profiles'), 'has all of the user, in the order of their names'],
        },
      ],
    },
    {
      feature: 'A list of K profiles in one round trip',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'pool.listProfiles()',
          test: [core('manage-profiles'), 'a list of fifty profiles with all their attributes costs one'],
        },
      ],
    },
    {
      feature: 'Enable and disable',
      python14: 'no',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'profile.enable(), profile.disable()',
          test: [core('manage-profiles'), 'answers, unless it is created disabled'],
        },
      ],
    },
    {
      feature: 'Delete',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [{ call: 'profile.delete()', test: [core('manage-profiles'), 'is what a deleted one is'] }],
    },
    {
      feature: 'Profiles of another owner',
      python14: 'no',
      python15: 'yes',
      java: 'not stated',
      ours: [
        {
          call: 'pool.profile(name, { owner })',
          test: [core('sharing'), 'is asked and read by its owner and name while access is granted'],
        },
        {
          call: 'pool.listProfiles({ owner })',
          test: [core('sharing'), 'is listed among those of its owner, in one round trip'],
        },
      ],
    },
    {
      feature: 'Share with a user or role',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'profile.grantAccess(userOrRole)',
          test: [core('sharing'), 'is asked and read by its owner and name while access is granted'],
        },
      ],
    },
  ],
}

const answers: ParityGroup = {
  title: 'Answers',
  rows: [
    {
      feature: 'chat, showsql, explainsql, runsql, narrate, showprompt',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [{ call: 'profile.chat(prompt), ...', test: [core('profile'), 'answers every action through the driver'] }],
    },
    {
      feature: 'Rows with types and column names',
      python14: 'data frame',
      python15: 'data frame',
      java: 'text',
      ours: [
        {
          call: 'profile.runSql<Row>(prompt)',
          test: [core('profile'), 'types rows, keeps the order of columns and reads dates and NULL as JSON has them'],
        },
      ],
    },
    {
      feature: 'No rows and no SQL told apart',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'NoSqlGeneratedError',
          test: [core('profile'), 'says in an error of its own that no SQL came out, with the sentence'],
        },
      ],
    },
    {
      feature: 'Attributes for one question',
      python14: 'no',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: '{ attributes }',
          test: [core('profile'), 'passes attributes for one call and leaves the profile as it is'],
        },
      ],
    },
    {
      feature: 'One round trip for a question',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'profile.chat(prompt)',
          test: [core('profile'), 'fifty questions cost fifty, none for borrowing, returning or clearing'],
        },
      ],
    },
    {
      feature: 'Pieces of an answer',
      python14: 'holds the connection',
      python15: 'holds the connection',
      java: 'no',
      ours: [
        {
          call: 'profile.stream(prompt)',
          test: [
            core('profile-stream'),
            'has given its connection back before the first piece, and costs what the question costs',
          ],
        },
      ],
    },
    {
      feature: 'Pieces never cut a character',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'profile.stream(prompt)',
          test: [core('profile-stream'), 'never cuts through an emoji, with pieces of %i'],
        },
      ],
    },
    {
      feature: 'Many questions, several at a time',
      python14: 'recipes',
      python15: 'recipes',
      java: 'no',
      ours: [
        {
          call: 'profile.askMany(questions)',
          test: [core('ask-many'), 'are answered in their order, each with its place, its action and its options'],
        },
      ],
    },
    {
      feature: 'Partial failures among many',
      python14: 'driver errors in the list',
      python15: 'driver errors in the list',
      java: 'no',
      ours: [{ call: 'profile.askMany(questions)', test: [core('ask-many'), 'go on when some of them fail'] }],
    },
    {
      feature: 'Summarise',
      python14: 'wrong argument names',
      python15: 'wrong argument names',
      java: 'yes',
      ours: [
        {
          call: 'profile.summarize(source)',
          test: [core('profile-texts'), 'is made of a text with all wishes, and of none but the given'],
        },
      ],
    },
    {
      feature: 'Translate',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'profile.translate(text, languages)',
          test: [core('profile-texts'), 'names both languages, or leaves the first to the database'],
        },
      ],
    },
    {
      feature: 'List the languages of translations',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'pool.listTranslationLanguages()',
          test: [core('profile-texts'), 'is made in the languages that are listed, by name or code'],
        },
      ],
    },
    {
      feature: 'Many questions in one round trip',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'profile.askMany(questions, { pipeline: true })',
          test: [core('ask-many-pipeline'), 'cost one round trip for a hundred, in the order of the input'],
        },
      ],
    },
    {
      feature: 'Sources of an answer from documents as data',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'profile.narrateWithSources(prompt)',
          test: [
            core('sourced-answer'),
            'gives the answer and its sources, with offsets when the profile asks for them',
          ],
        },
        { call: 'parseSources(text)', test: [core('sourced-answer'), 'takes the list off the end of an answer'] },
      ],
    },
    {
      feature: 'Feedback on SQL',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'profile.addPositiveFeedback(target)',
          test: [core('feedback'), 'keeps the SQL of a statement that was run as an example'],
        },
        {
          call: 'profile.addNegativeFeedback(feedback)',
          test: [core('feedback'), 'answers the question with the right SQL from now on'],
        },
        { call: 'profile.deleteFeedback(target)', test: [core('feedback'), 'lets the model answer again'] },
      ],
    },
    {
      feature: 'Synthetic data, for one table or several',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'profile.generateSyntheticData(request)',
          test: [core('synthetic-data'), 'fills a table with as many rows as asked for, and tells of the operation'],
        },
      ],
    },
  ],
}

const conversations: ParityGroup = {
  title: 'Conversations',
  rows: [
    {
      feature: 'Create, with attributes',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'pool.createConversation(attributes)',
          test: [core('conversation'), 'is created with the defaults of the database'],
        },
      ],
    },
    {
      feature: 'Read all attributes',
      python14: 'without the length',
      python15: 'without the length',
      java: 'yes',
      ours: [
        {
          call: 'conversation.fetch()',
          test: [core('conversation'), 'keeps its attributes in any language, and changes those that are given'],
        },
      ],
    },
    {
      feature: 'Change what is given',
      python14: 'resets the rest',
      python15: 'resets the rest',
      java: 'yes',
      ours: [
        {
          call: 'conversation.update(changes)',
          test: [core('conversation'), 'keeps its attributes in any language, and changes those that are given'],
        },
      ],
    },
    {
      feature: 'List',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'pool.listConversations()',
          test: [core('conversation'), 'is listed with the others of its user, oldest first, until it is deleted'],
        },
      ],
    },
    {
      feature: 'Questions and answers of one',
      python14: 'no',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'conversation.listPrompts()',
          test: [core('conversation'), 'tells its prompts in their order, with long texts whole'],
        },
      ],
    },
    {
      feature: 'Delete a question',
      python14: 'no',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'conversation.deletePrompt(id)',
          test: [core('conversation'), 'loses a prompt, and with it the model does'],
        },
      ],
    },
    {
      feature: 'Delete',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        { call: 'conversation.delete()', test: [core('conversation'), 'that is gone is an error of its own for %s'] },
      ],
    },
    {
      feature: 'Chat session',
      python14: 'holds a connection',
      python15: 'holds a connection',
      java: 'yes',
      ours: [
        {
          call: 'profile.chatSession()',
          test: [core('chat-session'), 'holds no connection between questions, so that many sessions share one'],
        },
      ],
    },
    {
      feature: 'Tags',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'conversation.addTag(key, value), removeTag(key)',
          test: [core('conversation'), 'has tags that are set and taken away'],
        },
      ],
    },
  ],
}

const administration: ParityGroup = {
  title: 'Administration',
  rows: [
    {
      feature: 'Create, replace and delete credentials',
      python14: 'yes',
      python15: 'yes',
      java: 'no replace',
      ours: [
        {
          call: 'createCredential(pool, name, definition)',
          test: [core('credentials'), 'are created, changed, listed and deleted'],
        },
        {
          call: 'createOrReplaceCredential(...)',
          test: [core('credentials'), 'are replaced whatever their kind was, and created when there is none'],
        },
      ],
    },
    {
      feature: 'Change a credential in place',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'updateCredential(pool, name, changes)',
          test: [core('credentials'), 'are created, changed, listed and deleted'],
        },
      ],
    },
    {
      feature: 'List credentials',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        { call: 'listCredentials(pool)', test: [core('credentials'), 'are created, changed, listed and deleted'] },
      ],
    },
    {
      feature: 'Package privileges',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'grantPrivileges(pool, users)',
          test: [core('privileges'), 'decide who may ask, from the next call on'],
        },
      ],
    },
    {
      feature: 'Network access',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'grantNetworkAccess(pool, users, access)',
          test: [core('network-access'), 'is granted, listed and revoked'],
        },
        {
          call: 'grantHttpAccess(pool, users, host)',
          test: [core('network-access'), 'can be granted and revoked twice'],
        },
      ],
    },
    {
      feature: 'List network access',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [{ call: 'listNetworkAccess(pool)', test: [core('network-access'), 'is granted, listed and revoked'] }],
    },
    {
      feature: 'What happened for each user',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'UserOutcome',
          test: [core('privileges'), 'say for whom it failed and why, and go on with the others'],
        },
      ],
    },
    {
      feature: 'Share a credential',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'grantCredentialAccess(pool, name, users)',
          test: [core('sharing'), 'lets another user use the profile that names it'],
        },
      ],
    },
    {
      feature: 'Public synonym for a credential',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'createCredential(..., { publicSynonym })',
          test: [core('sharing'), 'is named without its owner once it has a public synonym'],
        },
      ],
    },
    {
      feature: 'Whether rows may be sent to models',
      python14: 'no',
      python15: 'no',
      java: 'yes',
      ours: [
        {
          call: 'disableDataAccess(pool), enableDataAccess(pool)',
          test: [core('provider-access'), 'is switched for all users, and only narrations need it'],
        },
      ],
    },
    {
      feature: 'Principals of the cloud instead of keys',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'enablePrincipalAuth(pool, users, provider)',
          test: [core('provider-access'), 'is used by whom it is enabled for'],
        },
      ],
    },
    {
      feature: 'Packages named by their owner',
      python14: 'no',
      python15: 'always',
      java: 'always',
      ours: [{ call: 'packageSchema', test: [core('qualified-names'), 'asks, reads and changes as any other'] }],
    },
  ],
}

const errors: ParityGroup = {
  title: 'Errors and types',
  rows: [
    {
      feature: 'An error class for each situation',
      python14: 'some',
      python15: 'some',
      java: 'one class',
      ours: [
        {
          call: 'SelectAIError',
          test: [core('from-driver-error'), 'recognises its own class and the base, also across copies of the package'],
        },
      ],
    },
    {
      feature: 'One family of argument errors, before anything is sent',
      python14: 'no',
      python15: 'no',
      java: 'yes',
      ours: [
        {
          call: 'SelectAIArgumentError',
          test: [core('manage-profiles'), 'that cannot be right are refused before anything is sent'],
        },
      ],
    },
    {
      feature: 'Typed attributes for each provider',
      python14: 'classes',
      python15: 'classes',
      java: 'builders',
      ours: [
        {
          call: 'ProfileAttributes',
          test: [
            core('manage-profiles'),
            'reads the attributes of what was fetched back into the same profile, for every provider',
          ],
        },
      ],
    },
  ],
}

const vectorIndexes: ParityGroup = {
  title: 'Vector indexes',
  rows: [
    {
      feature: 'Create, and wait for it if wanted',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'index.create(definition)',
          test: [core('vector-index'), 'is read back with what was set and what the database adds, typed and frozen'],
        },
        {
          call: '{ waitForCompletion }',
          test: [
            core('vector-index'),
            'is waited for no longer than the budget or the signal allows, and then goes on loading',
          ],
        },
      ],
    },
    {
      feature: 'Link to the profile',
      python14: 'always',
      python15: 'always',
      java: 'no',
      ours: [
        {
          call: '{ linkProfile }',
          test: [core('vector-index'), 'is what its profile answers from when that is asked for'],
        },
      ],
    },
    {
      feature: 'Replace',
      python14: 'drop and create',
      python15: 'drop and create',
      java: 'no',
      ours: [
        { call: 'index.createOrReplace(definition)', test: [core('vector-index'), 'has nothing left of the old one'] },
      ],
    },
    {
      feature: 'Change attributes, one or several',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'index.setAttributes(attributes)',
          test: [core('vector-index'), 'has one attribute or several changed, all or none'],
        },
      ],
    },
    {
      feature: 'Enable and disable',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'index.enable(), index.disable()',
          test: [core('vector-index'), 'is enabled and disabled, also when it is so already'],
        },
      ],
    },
    {
      feature: 'The block that creates it anew, with its profile if wanted',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'index.definition(options)',
          test: [core('definitions'), 'creates it anew and loads its documents again'],
        },
      ],
    },
    {
      feature: 'Read, with attributes that the client does not know',
      python14: 'error',
      python15: 'error',
      java: 'yes',
      ours: [
        {
          call: 'index.fetch()',
          test: [core('vector-index'), 'is read back with what was set and what the database adds, typed and frozen'],
        },
      ],
    },
    {
      feature: 'List with all attributes in one round trip',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'pool.listVectorIndexes({ pattern })',
          test: [
            core('vector-index'),
            'has those whose names match, with all attributes and long texts, in one round trip or three',
          ],
        },
      ],
    },
    {
      feature: 'Last and next refresh',
      python14: 'next one, wrong off UTC',
      python15: 'next one, wrong off UTC',
      java: 'no',
      ours: [
        {
          call: 'index.refreshTimes()',
          test: [core('vector-index'), 'loads what is new when it is refreshed, and is refreshed again later'],
        },
      ],
    },
    {
      feature: 'Refresh now',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'index.refresh()',
          test: [core('vector-index'), 'loads what is new when it is refreshed, and is refreshed again later'],
        },
      ],
    },
    {
      feature: 'Share',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'index.grantAccess(userOrRole)',
          test: [core('vector-index'), 'is shared with other users, who find it under the name of its owner'],
        },
      ],
    },
    {
      feature: 'Indexes of another owner',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'pool.vectorIndex(name, { owner })',
          test: [core('vector-index'), 'is shared with other users, who find it under the name of its owner'],
        },
        {
          call: 'pool.listVectorIndexes({ owner })',
          test: [core('vector-index'), 'is listed among those of its owner, as far as they are shared'],
        },
      ],
    },
    {
      feature: 'Delete, with or without the data',
      python14: 'yes',
      python15: 'yes',
      java: 'yes',
      ours: [
        {
          call: 'index.delete({ includeData, force })',
          test: [core('vector-index'), 'is deleted, and with force also when it is gone'],
        },
      ],
    },
  ],
}

const agents: ParityGroup = {
  title: 'Agents',
  rows: [
    {
      feature: 'Agents, tasks, tools and teams: create, read, delete',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'agent.create(definition), fetch(), delete()',
          test: [core('agents'), 'creates it, and reads it as it was made'],
        },
      ],
    },
    {
      feature: 'Lists with all attributes in one round trip',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'pool.listAgents({ pattern }), listTasks, listTools, listTeams',
          test: [core('agents'), 'creates it, and reads it as it was made'],
        },
      ],
    },
    {
      feature: 'Change attributes',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        { call: 'agent.setAttributes(changes)', test: [core('agents'), 'changes it, all at once or one attribute'] },
      ],
    },
    {
      feature: 'Enable and disable',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        { call: 'agent.enable(), agent.disable()', test: [core('agents'), 'switches it on and off, however often'] },
      ],
    },
    {
      feature: 'Replace without losing the old one when the new one is refused',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'agent.createOrReplace(definition)',
          test: [
            core('agents'),
            'leaves the old one alone when the new one has an attribute that the database refuses',
          ],
        },
      ],
    },
    {
      feature: 'Required parameters of tools are checked',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [{ call: 'tool.create(definition)', test: [core('agents'), 'of the kind $tool_type must have $name'] }],
    },
    {
      feature: 'Run a team, in a conversation and with variables',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'team.run(prompt, options)',
          test: [core('agents'), 'gives the answer, the state and the conversation, in one round trip'],
        },
      ],
    },
    {
      feature: 'A human in the loop',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'team.run(answer, { conversationId })',
          test: [core('agents'), 'waits for a human, and goes on in the same conversation over another connection'],
        },
      ],
    },
    {
      feature: 'Supervised teams',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        { call: 'supervisor_agent', test: [core('agents'), 'led by a supervisor uses the agents that it chooses'] },
      ],
    },
    {
      feature: 'Export and import',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'team.export(), pool.importTeam(source)',
          test: [core('agents'), 'is exported as text and imported under other names'],
        },
      ],
    },
    {
      feature: 'Histories of runs, tasks and tools',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'pool.listTeamRuns(), listTaskRuns(), listToolRuns()',
          test: [core('agents'), 'tell runs, tasks and tools, the newest first, by filters'],
        },
      ],
    },
    {
      feature: 'Run and describe a tool',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'tool.run(input), tool.describe()',
          test: [core('agents'), 'runs by itself with a text or with inputs, and is described'],
        },
      ],
    },
    {
      feature: 'Describe a team, list its tools',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [{ call: 'team.describe(), team.listTools()', test: [core('agents'), 'is described, with its tools'] }],
    },
    {
      feature: 'Definitions',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [{ call: 'agent.definition()', test: [core('agents'), 'tells its definition'] }],
    },
    {
      feature: 'Definitions with what the object needs: profiles, agents, tasks, tools',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'team.definition({ dependentObjects })',
          test: [core('definitions'), 'creates all that it needs too when that is wanted'],
        },
      ],
    },
    {
      feature: 'A2A server for a team: agent card, tasks, streams, cancellation',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'serveA2A(options), createA2AHandler(options)',
          test: ['packages/a2a/test/a2a.test.ts', 'cancels a task, down to the session of the database'],
        },
      ],
    },
    {
      feature: 'A2A server as a cluster of a gateway and workers',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'serveA2AGateway(options), serveA2AWorker(options)',
          test: [
            'packages/a2a/test/cluster.test.ts',
            'is over when its worker has gone, and the context is asked for its login again',
          ],
        },
      ],
    },
    {
      feature: 'Share a team',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'team.grantAccess(userOrRole)',
          test: [core('agents'), 'can be run by another user when that is granted'],
        },
      ],
    },
  ],
}

const terminal: ParityGroup = {
  title: 'Terminal',
  rows: [
    {
      feature: 'Chat, line by line',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'select-ai chat',
          test: [
            terminalTool('chat'),
            'answers each line, remembers, ignores blank lines, and deletes the conversation at the end',
          ],
        },
      ],
    },
    {
      feature: 'Questions, as rows',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [{ call: 'select-ai sql run', test: [terminalTool('sql'), 'prints the rows as a table'] }],
    },
    {
      feature: 'Texts: translate',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [{ call: 'select-ai profile translate', test: [terminalTool('profile'), 'prints the translation'] }],
    },
    {
      feature: 'Texts: summarize',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'select-ai profile summarize',
          test: [terminalTool('profile'), 'prints the summary of a text, minding what it is told'],
        },
      ],
    },
    {
      feature: 'List profiles',
      python14: 'yes',
      python15: 'yes',
      java: 'no',
      ours: [{ call: 'select-ai profile list', test: [terminalTool('profile'), 'prints one name a line'] }],
    },
    {
      feature: 'Break a question off, in the database too',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [{ call: 'Ctrl-C', test: [terminalTool('sql'), 'is broken off in the database too by %s'] }],
    },
    {
      feature: 'Find out what is wrong with the connection or a profile',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'select-ai doctor',
          test: [terminalTool('doctor'), 'finds everything well, with a question when told to'],
        },
      ],
    },
    {
      feature: 'A local database for development',
      python14: 'no',
      python15: 'no',
      java: 'no',
      ours: [
        {
          call: 'select-ai emulator',
          test: [
            terminalTool('emulator'),
            'the emulator starts, prints what to export, serves with exactly that, and stops at SIGINT',
          ],
        },
      ],
    },
    {
      feature: 'Serve a team over A2A',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'select-ai a2a serve',
          test: [terminalTool('a2a'), 'serves the team on loopback until SIGINT, and logs off'],
        },
      ],
    },
    {
      feature: 'Serve teams over A2A with a gateway and workers',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [
        {
          call: 'select-ai a2a serve --deployment clustered, select-ai a2a worker',
          test: [terminalTool('a2a'), 'serve a team with the login of the client, until SIGINT'],
        },
      ],
    },
    {
      feature: 'Print the agent card of a team',
      python14: 'no',
      python15: 'yes',
      java: 'no',
      ours: [{ call: 'select-ai a2a agent-card', test: [terminalTool('a2a'), 'prints the card in both forms'] }],
    },
  ],
}

export const parityGroups: readonly ParityGroup[] = [
  connections,
  profiles,
  answers,
  conversations,
  vectorIndexes,
  agents,
  administration,
  errors,
  terminal,
]
