/** Generated from docs/openapi.json by `npm run api`. Do not edit. */

export interface paths {
    "/api/ai/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat Turn
         * @description Say something to the assistant. `Accept: text/event-stream` streams the answer; otherwise it comes as JSON.
         */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/chat/{conversation_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop
         * @description Stop the answer in flight; what was said stays.
         */
        post: operations["stop_chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/curriculum": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say what the curriculum covers: topics by level and term, with pages.
         * @description Say what the curriculum covers: topics by level and term, with pages.
         *
         *     Use when somebody asks what is taught, or when. For one topic, use `show_topic`; for policies, `ask_documents`.
         *
         *     Shape:  a question, or a subject with maybe level and term -> topics in teaching order, or quotes.
         *     Units:  terms and pages counted from 1.
         *     Errors: those of any read.
         *     Source: tables curriculum_items, documents, passages.
         *
         *     Permission: `documents:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “What is covered in JSS 2 Mathematics term 1?”
         *     - “What topics are in the JSS 3 English curriculum?”
         *     - “Show the scheme of work for JSS 2 maths”
         *     - “When is factorisation taught?”
         *     - “What should JSS 1 learn this term?”
         */
        get: operations["search_curriculum"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the school's documents, with their subject, level and state.
         * @description List the school's documents, with their subject, level and state.
         *
         *     Use when somebody asks which documents there are. To ask what they say, use `ask_documents`.
         *
         *     Shape:  any of kind, subject, level -> documents, newest change first.
         *     Units:  size in bytes; times in UTC.
         *     Errors: those of any read.
         *     Source: tables documents, document_versions.
         *
         *     Permission: `documents:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Which documents do we have?”
         *     - “List the curriculum documents”
         *     - “Show the policies”
         *     - “What has been uploaded?”
         *     - “Show past papers for mathematics”
         */
        get: operations["find_documents"];
        put?: never;
        /**
         * Add a document to the school's knowledge, to be searched and cited.
         * @description Add a document to the school's knowledge, to be searched and cited.
         *
         *     Use when somebody gives a curriculum, scheme, policy, notice or past paper. For a newer file of a document that is
         *     there already, use `replace_document`.
         *
         *     Shape:  one file -> a document and the run that reads it.
         *     Units:  at most 50 MB and 2,000 pages.
         *     Errors: same_file, file_type_unknown, file_misnamed, file_encrypted, file_corrupt, file_has_macros, file_expands_too_far, file_empty, file_too_large, too_many_pages.
         *     Source: tables documents, document_versions, runs.
         *
         *     Permission: `documents:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Add this document to the school's knowledge”
         *     - “Upload the JSS 2 scheme of work”
         *     - “Keep this policy for guardians”
         *     - “Store this past paper”
         *     - “Index this file”
         */
        post: operations["add_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/documents/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload
         * @description Upload a document and start reading it: the form of `add_document`, with the file itself.
         */
        post: operations["upload_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one document: its state and version, and a page or a cited passage of it.
         * @description Show one document: its state and version, and a page or a cited passage of it.
         *
         *     Use when somebody opens a document or a citation. To search in documents, use `ask_documents`.
         *
         *     Shape:  a document, maybe a version, page or passage -> its card with those passages.
         *     Units:  pages counted from 1.
         *     Errors: those of any read.
         *     Source: tables documents, document_versions, passages.
         *
         *     Permission: `documents:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Open the policy handbook”
         *     - “Show the JSS 2 mathematics scheme of work”
         *     - “Show page 3 of the handbook”
         *     - “Is the uploaded paper ready?”
         */
        get: operations["show_document"];
        put?: never;
        post?: never;
        /**
         * Remove a document: it is gone from search and from the list at once.
         * @description Remove a document: it is gone from search and from the list at once.
         *
         *     Use when a document should not be answered from any more. For a newer edition, use `replace_document`.
         *
         *     Shape:  one document -> done.
         *     Units:  none.
         *     Errors: those of any change.
         *     Source: table documents.
         *
         *     Permission: `documents:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Delete the old handbook”
         *     - “Remove the 2019 scheme of work”
         *     - “Take that document out of the knowledge base”
         */
        delete: operations["remove_document"];
        options?: never;
        head?: never;
        /**
         * Change what is known of a document: title, kind, subject, level, term, readers.
         * @description Change what is known of a document: title, kind, subject, level, term, readers.
         *
         *     Use when a document is misnamed, wrongly marked or for other readers. For its content, use `replace_document`.
         *
         *     Shape:  one document and what changes -> done.
         *     Units:  none.
         *     Errors: those of any change.
         *     Source: table documents.
         *
         *     Permission: `documents:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Let guardians read the policy handbook”
         *     - “Rename the scheme of work”
         *     - “Make this document staff only”
         */
        patch: operations["set_document"];
        trace?: never;
    };
    "/api/ai/generate-questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate a question paper on a topic, with answers and a marking scheme.
         * @description Generate a question paper on a topic, with answers and a marking scheme.
         *
         *     Use when somebody wants a quiz, test or examination questions. For the topics themselves, use `search_curriculum`.
         *
         *     Shape:  subject, topic, maybe level, term, count, difficulty, mix -> questions in sections; nothing is stored.
         *     Units:  marks; another `seed` gives other questions.
         *     Errors: no_material.
         *     Source: tables curriculum_items, passages; generators checked by sympy (`knowledge/problems.py`).
         *
         *     Permission: `documents:write`. Effect: **read**.
         *
         *     In conversation:
         *     - “Generate 10 questions on quadratic equations for JSS 3 Mathematics”
         *     - “Set a quiz on photosynthesis for JSS 2”
         *     - “Make an exam with marking scheme on simple interest”
         *     - “Give me 5 hard multiple choice questions on factorisation”
         *     - “Create a class test on laws of indices”
         */
        post: operations["generate_questions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/classes/{classArm}/at-risk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show which students of a class need help, why, and what to do.
         * @description Show which students of a class need help, why, and what to do.
         *
         *     Use when staff ask who is struggling or at risk. For one student use `explain_risk` or `show_trajectory`. Staff only.
         *
         *     Shape:  one class arm and term (default this term) -> one entry a student at medium or high risk, or `capacity` entries.
         *     Units:  0..100: a calibrated probability by the school's model, points by the rule; importance in percent.
         *     Errors: those of any read.
         *     Source: tables scores, score_sheets, attendance_marks, risk_models; school/early_warning.py.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Who in JSS 2 Ruby is at risk?”
         *     - “Which students of SS 1 Pearl need help?”
         *     - “Show me struggling students in my class”
         *     - “Early warning for JSS 3 Opal”
         *     - “Who is likely to fail in my class?”
         */
        get: operations["show_at_risk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/classes/{classArm}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare one class with the other arms of its level, over all or in a subject.
         * @description Compare one class with the other arms of its level, over all or in a subject.
         *
         *     Use when staff ask how a class stands beside its parallel classes. For a whole level use `compare_arms`. Staff only.
         *
         *     Shape:  one class arm (and subject, term; default this term) -> figures of each arm of its level.
         *     Units:  percent; difference in percent points to the other arms together.
         *     Errors: those of any read.
         *     Source: tables score_sheets, scores, enrolments, grading_scales.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Compare JSS 2 Ruby with the other arms”
         *     - “How does JSS 2 Ruby compare with its parallel classes?”
         *     - “Is SS 1 Pearl ahead of the other SS 1 classes in mathematics?”
         *     - “Compare my class with the others of its level”
         */
        get: operations["compare_class"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/ml/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how good a risk model is, whom its errors fall on, and its limits.
         * @description Show how good a risk model is, whom its errors fall on, and its limits.
         *
         *     Use when staff ask how sure the early warning is. To let another version serve use `set_risk_model`.
         *
         *     Shape:  one version (default the one that serves) -> its card.
         *     Units:  PR-AUC, F1, precision and recall 0..1; shares 0..1.
         *     Errors: those of any read.
         *     Source: table risk_models.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “How good is the risk model?”
         *     - “Show the model card”
         *     - “How often is the early warning wrong?”
         *     - “Is the risk model fair to boys and girls?”
         */
        get: operations["show_risk_model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/ml/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show every version of the school's risk model and which one serves.
         * @description Show every version of the school's risk model and which one serves.
         *
         *     Use when staff ask which model is used or what was trained. For how good one is use `show_risk_model`.
         *
         *     Shape:  the school -> one line a version, newest first.
         *     Units:  PR-AUC 0..1 on the session held out.
         *     Errors: those of any read.
         *     Source: table risk_models.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the risk models”
         *     - “Which risk model serves?”
         *     - “List the versions of the early warning model”
         */
        get: operations["show_risk_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write to guardians of students who need help, inviting them to talk.
         * @description Write to guardians of students who need help, inviting them to talk.
         *
         *     Use when staff want to draft a note to guardians after looking at risk. For other messages use `send_notice`.
         *
         *     Shape:  students, or the `count` most urgent of a class -> one message a guardian.
         *     Units:  guardians; segments and cost are in the preview.
         *     Errors: note_names_risk.
         *     Source: tables guardianships, people, notification_preferences, opt_outs.
         *
         *     Permission: `notices:send`. Effect: **send**.
         *
         *     In conversation:
         *     - “Draft a note to the guardians of these three”
         *     - “Write to the guardians of the students at risk”
         *     - “Draft a note to the parents of the two most urgent in JSS 2 Ruby”
         *     - “Invite the guardians of these students to talk”
         *     - “Draft a note to Tunde's guardians about how he is doing”
         */
        post: operations["send_support_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/students/{student}/risk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain one student's risk: reasons in their figures, and what would change it.
         * @description Explain one student's risk: reasons in their figures, and what would change it.
         *
         *     Use when staff ask why a student is at risk. For the whole class use `show_at_risk`. Staff only.
         *
         *     Shape:  one student -> reasons, weightiest first.
         *     Units:  0..100: a calibrated probability by the school's model, points by the rule; shares in percent.
         *     Errors: those of any read.
         *     Source: tables scores, score_sheets, attendance_marks, risk_models.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Why?”
         *     - “Why is Tunde at risk?”
         *     - “Explain the risk of Ada”
         *     - “What would change Zainab's risk?”
         *     - “Why him?”
         */
        get: operations["explain_risk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/students/{student}/trajectory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one student's averages and places term by term, and where they lead.
         * @description Show one student's averages and places term by term, and where they lead.
         *
         *     Use when staff ask how a student develops. For this term's marks use `show_results`; for a class `show_at_risk`.
         *
         *     Shape:  one student -> one point a term, one line a subject.
         *     Units:  percent; the interval is an 80 % prediction interval of the line.
         *     Errors: those of any read.
         *     Source: tables scores, score_sheets, enrolments, terms.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “How has Ada developed over the terms?”
         *     - “Show Tunde's trajectory”
         *     - “Is Zainab improving or declining?”
         *     - “Where will Chidi end up this year?”
         */
        get: operations["show_trajectory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/subjects/{subject}/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how the scores of one subject spread, over all and class by class.
         * @description Show how the scores of one subject spread, over all and class by class.
         *
         *     Use when staff ask about a subject as a whole. For the arms of a level side by side use `compare_arms`. Staff only.
         *
         *     Shape:  one subject (and term, classes, groups) -> distributions, components, terms; no teacher and no ranking.
         *     Units:  percent; spread in percent points.
         *     Errors: those of any read.
         *     Source: tables score_sheets, scores, assessment_components, enrolments, grading_scales.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Analyse mathematics”
         *     - “Show the score distribution of English Language”
         *     - “How is Physics going across the classes?”
         *     - “How are the marks in Basic Science spread?”
         *     - “Where do students lose marks in chemistry?”
         */
        get: operations["show_subject_analysis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Waiting
         * @description The approvals this caller may decide, newest first.
         */
        get: operations["list_approvals"];
        put?: never;
        /**
         * Propose
         * @description Preview an action and keep it waiting for a decision: nothing happens until it is approved.
         */
        post: operations["propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals/{approval_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description One approval with its preview; stale as soon as the records have moved.
         */
        get: operations["show_approval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals/{approval_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description Carry it out, once. 409 when it was used, has expired, or the records moved since the preview.
         */
        post: operations["approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals/{approval_id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline
         * @description Decline it: nothing happens.
         */
        post: operations["decline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Who did what, by which door, approved by whom; newest first. Others than the head see their own.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/{entry_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo
         * @description Put one change back.
         */
        post: operations["undo_audit_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh
         * @description New tokens for the refresh cookie, which is replaced.
         */
        post: operations["refresh_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign Out
         * @description End this sign-in on this device.
         */
        post: operations["sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Token
         * @description Sign in with e-mail and password (OAuth2 password form).
         */
        post: operations["sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Capabilities
         * @description Every capability this caller may use.
         */
        get: operations["list_capabilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channel-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listed
         * @description The school's accounts in the order they are tried, and the providers there are.
         */
        get: operations["list_channel_accounts"];
        put?: never;
        /**
         * Add
         * @description Add an account. From then on messages of its channel go there instead of to the sandbox.
         */
        post: operations["add_channel_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channel-accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove
         * @description Remove an account with its secrets.
         */
        delete: operations["remove_channel_account"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description The caller's conversations, the latest first; `search` looks in titles and in what was said.
         */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read
         * @description One conversation with every message, as UIMessages.
         */
        get: operations["show_conversation"];
        put?: never;
        post?: never;
        /**
         * Delete
         * @description Delete a conversation; what was done from it stays in the audit trail.
         */
        delete: operations["delete_conversation"];
        options?: never;
        head?: never;
        /**
         * Rename
         * @description Give a conversation another title.
         */
        patch: operations["rename_conversation"];
        trace?: never;
    };
    "/api/conversations/{conversation_id}/turns/{turn_id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rate
         * @description A thumb on one answer, with a reason; null takes it back.
         */
        post: operations["rate_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/demo/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Demo Sign Ins
         * @description The sign-ins of the demo school; absent on any other installation.
         */
        get: operations["list_demo_sign_ins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Keys
         * @description The caller's own keys, newest first.
         */
        get: operations["list_keys"];
        put?: never;
        /**
         * Make
         * @description A new key that acts as the caller within its scopes, until the end of its last day.
         */
        post: operations["make_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke
         * @description End a key at once.
         */
        delete: operations["revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{key_id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate
         * @description A new key with the same name, scopes and last day; the old one works on for the overlap, then ends.
         */
        post: operations["rotate_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Me
         * @description Who is signed in, at which school, with which permissions.
         */
        get: operations["show_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/phone-pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Whether marks and fees wait for a PIN on the caller's phone. The PIN itself is shown to nobody.
         */
        get: operations["show_phone_pin"];
        /**
         * Choose
         * @description Set or replace the PIN. From then on the number is asked for it before marks or fees are told.
         */
        put: operations["set_phone_pin"];
        post?: never;
        /**
         * Remove
         * @description End the PIN: whoever holds the phone reads marks and fees again.
         */
        delete: operations["remove_phone_pin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description Your notifications, newest first.
         */
        get: operations["list_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preferences
         * @description What reaches you, per kind of event and channel.
         */
        get: operations["show_notification_preferences"];
        /**
         * Prefer
         * @description Choose what reaches you; choices left out stay as they are.
         */
        put: operations["set_notification_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/read-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read All
         * @description Mark all of your notifications as read; answers how many were not.
         */
        post: operations["read_all_notifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream
         * @description Your notifications as they come (SSE: `notification`, `unread`). Send Last-Event-ID to go on where you were.
         */
        get: operations["stream_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/unread-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Unread
         * @description How many of your notifications you have not read.
         */
        get: operations["count_unread_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/{notification_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read
         * @description Mark one of your notifications as read.
         */
        post: operations["read_notification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/approvals/{classArm}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a class's report cards: the step of the school's chain that is due.
         * @description Approve a class's report cards: the step of the school's chain that is due.
         *
         *     Use when the class teacher, head or principal signs cards off. To let guardians see them use `release_report_cards`.
         *
         *     Shape:  one class arm and term (default this term) -> one step taken.
         *     Units:  one set of cards.
         *     Errors: wrong_step.
         *     Source: table report_sets.
         *
         *     Permission: `reports:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Approve the report cards of JSS 2 Ruby”
         *     - “The report cards of my class are fine”
         *     - “Sign off the SS 1 Pearl report sheets”
         */
        post: operations["approve_report_cards"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/approvals/{classArm}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Return a class's approved report cards to be mended, with the reason.
         * @description Return a class's approved report cards to be mended, with the reason.
         *
         *     Use when the head or principal sends cards back. Released ones are taken back first with `withdraw_report_cards`.
         *
         *     Shape:  one class arm and term (default this term), a reason -> the chain begins again.
         *     Units:  one set of cards.
         *     Errors: reports_already_released, wrong_step.
         *     Source: table report_sets.
         *
         *     Permission: `reports:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Return the report cards of JSS 2 Ruby, two remarks are too short”
         *     - “Send the SS 1 Pearl cards back to the teacher”
         *     - “Reject the report cards of JSS 3 Opal: Musa's total is wrong”
         */
        post: operations["unlock_report_cards"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find how far each class's report cards are: approvals, what is due, released.
         * @description Find how far each class's report cards are: approvals, what is due, released.
         *
         *     Use when somebody asks which classes' cards are ready or out. For one class's faults use `check_report_cards`.
         *
         *     Shape:  a term (default this one) -> one row a class the caller works on.
         *     Units:  students in persons.
         *     Errors: those of any read.
         *     Source: tables report_sets, class_arms, enrolments.
         *
         *     Permission: `reports:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “How far are the report cards of each class?”
         *     - “Which classes' report cards are approved?”
         *     - “Whose report cards are released?”
         *     - “Where do the report sheets stand?”
         */
        get: operations["find_report_classes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the report cards of a class, of some students or of the school as PDF.
         * @description Make the report cards of a class, of some students or of the school as PDF.
         *
         *     Use when somebody wants cards printed or as files. It sends nothing; to let guardians see them use `release_report_cards`.
         *
         *     Shape:  students, or one class, or everybody, in one term (default this term) -> one job; a ZIP when it is done.
         *     Units:  cards; the ZIP is kept 30 days.
         *     Errors: those of any change.
         *     Source: tables scores, score_sheets, enrolments, remarks.
         *
         *     Permission: `reports:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Report cards for JSS 2 Ruby”
         *     - “Generate the report cards of SS 1 Pearl for last term”
         *     - “Print the report sheets of my class”
         *     - “Make report cards for the whole school”
         *     - “I need the report cards of JSS 3 Opal as PDF”
         */
        post: operations["generate_report_cards"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the students whose report cards are on hold for fees in a term.
         * @description Find the students whose report cards are on hold for fees in a term.
         *
         *     Use when the bursar or head asks which cards are kept back. To place one use `set_report_hold`.
         *
         *     Shape:  a term (default this one) -> one row a student.
         *     Units:  students.
         *     Errors: those of any read.
         *     Source: table report_holds.
         *
         *     Permission: `fees:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Whose report cards are on hold?”
         *     - “Which students' cards are held for fees?”
         *     - “List the report card holds”
         */
        get: operations["find_report_holds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/holds/{student}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keep one student's report card back from guardians until fees are settled.
         * @description Keep one student's report card back from guardians until fees are settled.
         *
         *     Use when the bursar holds a card. It works while the school's fee hold is on. To lift it use `remove_report_hold`.
         *
         *     Shape:  one student and term (default this term) -> one hold.
         *     Units:  one card.
         *     Errors: those of any change.
         *     Source: table report_holds.
         *
         *     Permission: `fees:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Hold Ada's report card until the fees are paid”
         *     - “Put Tunde's report card on hold”
         *     - “Keep Zainab's report card back, she owes fees”
         */
        put: operations["set_report_hold"];
        post?: never;
        /**
         * Lift the hold on one student's report card, so that guardians may see it.
         * @description Lift the hold on one student's report card, so that guardians may see it.
         *
         *     Use when fees are settled. To place a hold use `set_report_hold`.
         *
         *     Shape:  one student and term (default this term) -> no hold.
         *     Units:  one card.
         *     Errors: not_on_hold.
         *     Source: table report_holds.
         *
         *     Permission: `fees:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Lift the hold on Ada's report card”
         *     - “Tunde's fees are paid, let the report card go”
         *     - “Remove the hold from Zainab's report card”
         */
        delete: operations["remove_report_hold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how far a batch of report cards is, and its ZIP when it is done.
         * @description Show how far a batch of report cards is, and its ZIP when it is done.
         *
         *     Use when somebody asks after report cards being made. To start a batch use `generate_report_cards`.
         *
         *     Shape:  one job (default your newest) -> status, progress of total, failed cards with reasons.
         *     Units:  cards.
         *     Errors: those of any read.
         *     Source: tables runs, finished_cards.
         *
         *     Permission: `reports:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “How far are the report cards?”
         *     - “Are the report cards finished?”
         *     - “Progress of the report card job”
         */
        get: operations["show_report_job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how the school's report cards look, what they count and who approves.
         * @description Show how the school's report cards look, what they count and who approves.
         *
         *     Use when somebody asks about report card settings. To change them use `set_report_options`.
         *
         *     Shape:  nothing -> every option.
         *     Units:  colours as #rrggbb, averages in percent.
         *     Errors: those of any read.
         *     Source: table schools.
         *
         *     Permission: `reports:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “How do our report cards look?”
         *     - “Show the report card options”
         *     - “Is the fee hold on report cards on?”
         *     - “Who approves report cards here?”
         */
        get: operations["show_report_options"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change how report cards look, what they count, or who approves them.
         * @description Change how report cards look, what they count, or who approves them.
         *
         *     Use when the school edits its cards. What is not named stays. For logo and signatures use `set_report_picture`.
         *
         *     Shape:  some options -> the school's options.
         *     Units:  colours as #rrggbb, averages in percent.
         *     Errors: template_fault, style_fault.
         *     Source: table schools.
         *
         *     Permission: `reports:release`. Effect: **write**.
         *
         *     In conversation:
         *     - “Use the modern layout for report cards”
         *     - “Turn the fee hold on report cards on”
         *     - “Hide positions on the report cards”
         *     - “Leave subjects with missing scores out of the report card averages”
         *     - “Make the report cards green”
         */
        patch: operations["set_report_options"];
        trace?: never;
    };
    "/api/reports/options/pictures/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set or remove the school's logo or a signature on report cards.
         * @description Set or remove the school's logo or a signature on report cards.
         *
         *     Use when somebody uploads a logo or a signature image. Upload it first; PNG and JPEG up to 5 MB are taken.
         *
         *     Shape:  a kind and an uploaded file (none: remove) -> one picture.
         *     Units:  one picture.
         *     Errors: bad_image.
         *     Source: tables schools, files.
         *
         *     Permission: `reports:release`. Effect: **write**.
         *
         *     In conversation:
         *     - “Use this picture as our logo”
         *     - “Put the principal's signature on the report cards”
         *     - “Remove the logo from the report cards”
         *     - “This is Mr Bode's signature for the report cards”
         */
        put: operations["set_report_picture"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description The newest card of a student, or of somebody, printed with these options. Nothing is kept.
         */
        post: operations["preview_report_card"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/releases/{classArm}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a class's approved report cards: each guardian gets their child's.
         * @description Release a class's approved report cards: each guardian gets their child's.
         *
         *     Use when the head lets guardians see the cards. To make PDF files for printing use `generate_report_cards`.
         *
         *     Shape:  one class arm and term (default this term) -> one card a student with scores who is not on hold.
         *     Units:  cards; links work for 30 days.
         *     Errors: reports_already_released, reports_not_approved.
         *     Source: tables report_sets, guardianships.
         *
         *     Permission: `reports:release`. Effect: **send**.
         *
         *     In conversation:
         *     - “Send the report cards of JSS 2 Ruby to the parents”
         *     - “Send them to the parents”
         *     - “Release the SS 1 Pearl report cards on Friday”
         *     - “Let guardians see the report sheets of JSS 3 Opal”
         */
        post: operations["release_report_cards"];
        /**
         * Take a class's released report cards back: guardians no longer see them.
         * @description Take a class's released report cards back: guardians no longer see them.
         *
         *     Use when cards were released by mistake or must be mended. Messages already sent cannot be recalled.
         *
         *     Shape:  one class arm and term (default this term) -> one set hidden.
         *     Units:  one set of cards.
         *     Errors: reports_not_released.
         *     Source: table report_sets.
         *
         *     Permission: `reports:release`. Effect: **write**.
         *
         *     In conversation:
         *     - “Take the report cards of JSS 2 Ruby back”
         *     - “Hide the SS 1 Pearl report cards from parents”
         *     - “Unrelease the report sheets of JSS 3 Opal”
         */
        delete: operations["withdraw_report_cards"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/remarks/{classArm}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a class's report card remarks beside each student's figures.
         * @description Show a class's report card remarks beside each student's figures.
         *
         *     Use when staff read or edit remarks. To write one use `set_remark`, to fill empty ones `draft_remarks`.
         *
         *     Shape:  one class arm and term (default this term) -> one row a student.
         *     Units:  averages and attendance in percent.
         *     Errors: those of any read.
         *     Source: tables remarks, scores, attendance_marks.
         *
         *     Permission: `reports:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the remarks of JSS 2 Ruby”
         *     - “Read me the report card comments of my class”
         *     - “Which remarks have been written for SS 1 Pearl?”
         */
        get: operations["show_remarks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/remarks/{classArm}/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Draft a class's empty remarks from each student's own figures.
         * @description Draft a class's empty remarks from each student's own figures.
         *
         *     Use when a class teacher wants remarks written. To write or change one use `set_remark`.
         *
         *     Shape:  one class arm and term (default this term) -> a remark for each empty one; written ones stay.
         *     Units:  remarks of at most 300 characters.
         *     Errors: cards_closed.
         *     Source: tables scores, attendance_marks; the model of SCHOOLOS_MODEL, else rules of school/remark_drafts.py.
         *
         *     Permission: `reports:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Draft the remarks of JSS 2 Ruby”
         *     - “Write the report card comments for my class”
         *     - “Fill in the teacher's and principal's remarks of SS 1 Pearl”
         *     - “Suggest comments for the JSS 3 Opal report cards”
         */
        post: operations["draft_remarks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listed
         * @description Your runs, newest first; the head and the admin see everybody's.
         */
        get: operations["list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description One run: how far it is, and what came of it.
         */
        get: operations["show_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel
         * @description Ask a run to stop.
         */
        post: operations["cancel_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sandbox/phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Phones
         * @description The phones of guardians and staff, those with the newest messages first.
         */
        get: operations["list_sandbox_phones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sandbox/phones/{number}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages
         * @description The messages on one phone, oldest first; looking marks them as seen.
         */
        get: operations["list_sandbox_messages"];
        put?: never;
        /**
         * Type Message
         * @description Write from this phone to the school, through the path a provider's webhook takes.
         */
        post: operations["type_on_sandbox_phone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sandbox/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream
         * @description Every message on every phone as it comes (SSE: `message`).
         */
        get: operations["stream_sandbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/slack/installs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Install
         * @description The address of Slack's consent page, for “Add to Slack”. It is good for ten minutes, once, for this school.
         */
        post: operations["start_slack_install"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/slack/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listed
         * @description The workspaces the school is connected to.
         */
        get: operations["list_slack_workspaces"];
        put?: never;
        /**
         * Add
         * @description Connect the workspace a bot token belongs to.
         */
        post: operations["add_slack_workspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/slack/workspaces/{workspace_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove
         * @description Disconnect a workspace and forget its tokens.
         */
        delete: operations["remove_slack_workspace"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the timetables: published ones, and drafts for those who make them.
         * @description List the timetables: published ones, and drafts for those who make them.
         *
         *     Use when somebody asks which timetables exist. For one as a grid, use `show_timetable`.
         *
         *     Shape:  nothing -> one row a timetable, the newest first.
         *     Units:  soft is the weighted cost of unmet wishes; hard counts broken rules.
         *     Errors: those of any read.
         *     Source: table timetables.
         *
         *     Permission: `timetables:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Which timetables are there?”
         *     - “List the timetable drafts”
         *     - “Show all timetables”
         *     - “Is a timetable published?”
         */
        get: operations["find_timetables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/calendar-address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Give the private calendar address of one's own timetable or of a class's.
         * @description Give the private calendar address of one's own timetable or of a class's.
         *
         *     Use when somebody wants the timetable in a calendar program. It follows the timetable in force, without holidays.
         *
         *     Shape:  nothing (one's own lessons) or one class arm -> one signed address.
         *     Units:  one address.
         *     Errors: those of any read.
         *     Source: tables timetables, timetable_lessons, holidays, terms.
         *
         *     Permission: `timetables:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Put my timetable into my phone's calendar”
         *     - “Calendar link for my timetable”
         *     - “iCal address of my lessons”
         *     - “Subscribe to the JSS 2 Ruby timetable in Google Calendar”
         */
        get: operations["show_calendar_address"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find who could cover each lesson of a teacher who is away on a day.
         * @description Find who could cover each lesson of a teacher who is away on a day.
         *
         *     Use when a teacher is absent and lessons stay where they are. To arrange it use `set_cover`; to move the lessons instead `draft_repair`.
         *
         *     Shape:  one teacher and day (default today) -> one row a lesson, colleagues free then, best fitting first.
         *     Units:  periods from 1; periods that day are the colleague's own.
         *     Errors: no_timetable_yet.
         *     Source: tables timetables, timetable_lessons, lesson_covers.
         *
         *     Permission: `staff:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “The maths teacher is away on Thursday”
         *     - “The maths teacher is away on Thursday, who can cover?”
         *     - “Mr Akinlade is absent today, find cover”
         *     - “Who can take Mrs Umeadi's lessons tomorrow?”
         *     - “Find substitutes for an absent teacher”
         */
        get: operations["find_cover"];
        put?: never;
        /**
         * Arrange cover for a teacher who is away on a day: colleagues take the lessons.
         * @description Arrange cover for a teacher who is away on a day: colleagues take the lessons.
         *
         *     Use when it is settled that lessons are to be covered. Only to see who could do it, use `find_cover`.
         *
         *     Shape:  one teacher and day (default today), perhaps one colleague, perhaps some periods -> one colleague a lesson.
         *     Units:  periods from 1.
         *     Errors: no_timetable_yet, cover_not_possible.
         *     Source: tables lesson_covers, timetable_lessons.
         *
         *     Permission: `timetables:write`. Effect: **send**.
         *
         *     In conversation:
         *     - “Arrange cover for Mr Akinlade on Thursday”
         *     - “Let Mrs Umeadi take Mr Akinlade's lessons tomorrow”
         *     - “Assign stand-ins for the absent maths teacher and tell them”
         *     - “Book cover for Mrs Umeadi today”
         */
        post: operations["set_cover"];
        /**
         * Cancel the cover arranged for a teacher on a day, and tell the colleagues.
         * @description Cancel the cover arranged for a teacher on a day, and tell the colleagues.
         *
         *     Use when an absent teacher comes after all. To change who covers, use `set_cover` again.
         *
         *     Shape:  one teacher and day (default today) -> cover cancelled.
         *     Units:  lessons.
         *     Errors: no_timetable_yet, cover_not_possible.
         *     Source: table lesson_covers.
         *
         *     Permission: `timetables:write`. Effect: **send**.
         *
         *     In conversation:
         *     - “Mr Akinlade is here after all, cancel his cover”
         *     - “Cancel the cover for Mrs Umeadi on Thursday”
         *     - “No cover is needed for Mr Akinlade tomorrow any more”
         */
        delete: operations["remove_cover"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Give a timetable as PDF and XLSX, of a class, a teacher or all; or as .fet.
         * @description Give a timetable as PDF and XLSX, of a class, a teacher or all; or as .fet.
         *
         *     Use when somebody wants to print, download or keep a timetable. For a calendar use `show_calendar_address`.
         *
         *     Shape:  one timetable (default the one in force), perhaps one class or teacher -> two files; the .fet file for those who make timetables.
         *     Units:  one page a class or teacher.
         *     Errors: no_timetable_yet.
         *     Source: tables timetables, timetable_lessons.
         *
         *     Permission: `timetables:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Give me the timetable of JSS 2 Ruby as PDF”
         *     - “Export the timetable to Excel”
         *     - “Print the teachers' timetables”
         *     - “Download the class timetable”
         */
        get: operations["export_timetable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a draft timetable in the background; all arguments may be left out.
         * @description Make a draft timetable in the background; all arguments may be left out.
         *
         *     Use when somebody wants a new timetable. To mend one after an absence use `draft_repair`; to change one lesson `move_lesson`.
         *
         *     Shape:  a request, filled from the school's record -> one job; its draft is ready within `seconds`.
         *     Units:  seconds; periods and days from 1; soft is the weighted cost of unmet wishes.
         *     Errors: bad_timetable_problem, no_timetable_possible.
         *     Source: tables teaching, class_arms, timetable_setups.
         *
         *     Permission: `timetables:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Make a timetable”
         *     - “Make a timetable for this term”
         *     - “Generate the timetable”
         *     - “Work out a new timetable, but keep the locked lessons”
         *     - “Create a draft timetable with mathematics in the morning”
         */
        post: operations["generate_timetable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/grid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a timetable as a grid: of a class, a teacher, a room, or the whole.
         * @description Show a timetable as a grid: of a class, a teacher, a room, or the whole.
         *
         *     Use when somebody wants to see a week. For one's own day use `show_my_timetable`.
         *
         *     Shape:  one timetable (default the one in force), perhaps one class, teacher or room -> lessons with times.
         *     Units:  days and periods from 1; times are the school's own.
         *     Errors: no_timetable_yet.
         *     Source: tables timetables, timetable_lessons.
         *
         *     Permission: `timetables:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the timetable of JSS 2 Ruby”
         *     - “What is Mr Akinlade's timetable?”
         *     - “Timetable of the physics lab”
         *     - “Show me the timetable for SS 1 Topaz”
         *     - “Open the draft timetable”
         */
        get: operations["show_timetable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how far the making of a timetable is: solutions so far, cost, bound.
         * @description Show how far the making of a timetable is: solutions so far, cost, bound.
         *
         *     Use when somebody asks whether a timetable is ready. For the timetable itself use `show_timetable_result`.
         *
         *     Shape:  one job -> its status and the better timetables found so far.
         *     Units:  elapsed in seconds; soft and bound are weighted costs.
         *     Errors: those of any read.
         *     Source: tables runs, timetables.
         *
         *     Permission: `timetables:write`. Effect: **read**.
         *
         *     In conversation:
         *     - “How far is the timetable?”
         *     - “Is the new timetable ready?”
         *     - “Progress of the timetable job”
         */
        get: operations["show_timetable_job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/jobs/{jobId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop making a timetable; the best one so far is kept as a draft.
         * @description Stop making a timetable; the best one so far is kept as a draft.
         *
         *     Use when a job should not run to its end. To remove the draft use `remove_timetable`.
         *
         *     Shape:  one job -> stopped within a few seconds.
         *     Units:  one job.
         *     Errors: those of any change.
         *     Source: table runs.
         *
         *     Permission: `timetables:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Stop the timetable job”
         *     - “That is good enough, stop looking for a better timetable”
         *     - “Cancel making the timetable”
         */
        post: operations["cancel_timetable_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/{first}/compare/{second}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare two timetables: which courses are at other times or in other rooms.
         * @description Compare two timetables: which courses are at other times or in other rooms.
         *
         *     Use when somebody chooses between drafts or asks what changes. For one alone use `show_timetable`.
         *
         *     Shape:  two timetables -> one row a course that differs.
         *     Units:  costs are those of unmet wishes.
         *     Errors: those of any read.
         *     Source: tables timetables, timetable_lessons.
         *
         *     Permission: `staff:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Compare the two timetable drafts”
         *     - “What changed between the timetables?”
         *     - “Differences between draft A and draft B”
         */
        get: operations["compare_timetables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/{timetable}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a draft timetable for good; one being made is stopped.
         * @description Remove a draft timetable for good; one being made is stopped.
         *
         *     Use when a draft is no longer wanted. A published one must be withdrawn first, with `withdraw_timetable`.
         *
         *     Shape:  one draft -> removed.
         *     Units:  one timetable.
         *     Errors: timetable_not_draft.
         *     Source: tables timetables, timetable_lessons.
         *
         *     Permission: `timetables:write`. Effect: **send**.
         *
         *     In conversation:
         *     - “Delete the draft timetable”
         *     - “Remove the old timetable draft”
         *     - “Throw the failed timetable away”
         */
        delete: operations["remove_timetable"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/{timetable}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy a timetable into a draft that can be changed.
         * @description Copy a timetable into a draft that can be changed.
         *
         *     Use when a published timetable must change. To work out a new one use `generate_timetable`.
         *
         *     Shape:  one timetable -> one draft with the same lessons.
         *     Units:  one timetable.
         *     Errors: those of any change.
         *     Source: tables timetables, timetable_lessons.
         *
         *     Permission: `timetables:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Make a draft from the published timetable”
         *     - “Copy the timetable so that I can change it”
         *     - “Start a new draft from the current timetable”
         */
        post: operations["draft_timetable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/{timetable}/locks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lock lessons of a draft where they are, or unlock them.
         * @description Lock lessons of a draft where they are, or unlock them.
         *
         *     Use when lessons must not move in later changes. A locked lesson stays when `generate_timetable` starts from this draft.
         *
         *     Shape:  one draft and a class, a subject or keys -> lessons locked or unlocked.
         *     Units:  lessons.
         *     Errors: timetable_not_draft.
         *     Source: table timetable_lessons.
         *
         *     Permission: `timetables:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Lock the JSS 2 Ruby lessons in the draft”
         *     - “Lock all physics lessons where they are”
         *     - “Unlock the maths lessons”
         *     - “Keep these lessons where they are”
         */
        post: operations["lock_lessons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/{timetable}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move one lesson of a draft to another time, if that breaks no rule.
         * @description Move one lesson of a draft to another time, if that breaks no rule.
         *
         *     Use when one lesson should be at another time or in another room. To see where it could go use `find_lesson_places`.
         *
         *     Shape:  one draft, one lesson, one time, perhaps a room -> the draft with the lesson moved.
         *     Units:  days and periods from 1; cost is that of unmet wishes.
         *     Errors: timetable_conflict, timetable_not_draft, lesson_locked.
         *     Source: table timetable_lessons.
         *
         *     Permission: `timetables:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Move the JSS 2 Ruby maths lesson from Monday first to Thursday fourth period”
         *     - “Put this lesson on Friday second period”
         *     - “Move a lesson in the draft timetable”
         */
        post: operations["move_lesson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/{timetable}/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find where a lesson of a draft could go, and what speaks against other times.
         * @description Find where a lesson of a draft could go, and what speaks against other times.
         *
         *     Use when somebody looks for a better time for one lesson. To put it there use `move_lesson`.
         *
         *     Shape:  one draft, one lesson (by key, or by class and time) -> one row a time at which it could begin.
         *     Units:  days and periods from 1; cost is that of unmet wishes.
         *     Errors: timetable_not_draft, lesson_locked.
         *     Source: table timetable_lessons.
         *
         *     Permission: `timetables:write`. Effect: **read**.
         *
         *     In conversation:
         *     - “Where could the Monday first period lesson of JSS 2 Ruby go in the draft?”
         *     - “Which times are possible for this lesson?”
         *     - “Can this lesson be moved anywhere in the draft timetable?”
         */
        get: operations["find_lesson_places"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/timetable/{timetable}/publication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a draft timetable: it counts from a day on, and those affected are told.
         * @description Publish a draft timetable: it counts from a day on, and those affected are told.
         *
         *     Use when a draft is ready. To look at what would change first, use `compare_timetables`.
         *
         *     Shape:  one draft and a day (default today) -> one timetable in force.
         *     Units:  classes, teachers and people told in number.
         *     Errors: timetable_incomplete, timetable_not_draft.
         *     Source: tables timetables, timetable_lessons, guardianships.
         *
         *     Permission: `timetables:write`. Effect: **send**.
         *
         *     In conversation:
         *     - “Publish the timetable”
         *     - “Publish the draft timetable from Monday”
         *     - “Make this timetable the school's timetable”
         *     - “Put the new timetable into force”
         */
        post: operations["publish_timetable"];
        /**
         * Withdraw a published timetable: the one before it counts again.
         * @description Withdraw a published timetable: the one before it counts again.
         *
         *     Use when a timetable was published by mistake. Messages already sent cannot be recalled.
         *
         *     Shape:  one published timetable -> a draft again.
         *     Units:  one timetable.
         *     Errors: timetable_not_published.
         *     Source: table timetables.
         *
         *     Permission: `timetables:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Withdraw the published timetable”
         *     - “Take the new timetable back”
         *     - “Go back to the timetable before”
         */
        delete: operations["withdraw_timetable"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload
         * @description Give a file (a score sheet, a document). Its type is read from its content, not from its name.
         */
        post: operations["upload_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/attendance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show attendance over time, by weekday and class, and whose is low.
         * @description Show attendance over time, by weekday and class, and whose is low.
         *
         *     Use when staff ask for patterns of attendance. For a day or one student use `show_attendance`.
         *
         *     Shape:  filters (default this term) -> figures by day, week, weekday and class, and the lowest students.
         *     Units:  percent of days that count; excused days do not.
         *     Errors: those of any read.
         *     Source: tables registers, attendance_marks.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show attendance patterns”
         *     - “On which days of the week is attendance lowest?”
         *     - “How does attendance develop week by week?”
         *     - “Which students have low attendance this term?”
         *     - “Analyse the attendance of JSS 2”
         */
        get: operations["show_attendance_patterns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show courses in figures: average, pass rate, change, completeness.
         * @description Show courses in figures: average, pass rate, change, completeness.
         *
         *     Use when staff ask how subjects in classes are going. For one subject in depth use `show_subject_analysis`.
         *
         *     Shape:  filters (default this term) -> one line a subject and class; no teacher and no ranking.
         *     Units:  percent; change in percent points, of the same students.
         *     Errors: those of any read.
         *     Source: tables teaching, score_sheets, scores, assessment_components.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Which courses have no scores yet?”
         *     - “Show how the courses are going”
         *     - “Course figures of JSS 2 Ruby”
         *     - “In which subjects did the classes gain since last term?”
         *     - “How complete are the scores of each course?”
         */
        get: operations["show_course_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the school or your classes at a glance: scores, attendance, risks.
         * @description Show the school or your classes at a glance: scores, attendance, risks.
         *
         *     Use when staff ask how the school or their classes are doing. For one class's risks use `show_at_risk`. Staff only.
         *
         *     Shape:  filters (default this term) -> totals, distributions, trends, classes, and what to look at.
         *     Units:  percent; change in percent points; risk levels high, medium, low.
         *     Errors: those of any read.
         *     Source: tables enrolments, score_sheets, scores, registers, attendance_marks, risk_models.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the dashboard”
         *     - “How is the school doing?”
         *     - “Give me an overview of my classes”
         *     - “Show the analytics of JSS 2”
         *     - “How are my classes doing at a glance?”
         */
        get: operations["show_dashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write the dashboard or its figures to a dated Excel or PDF file.
         * @description Write the dashboard or its figures to a dated Excel or PDF file.
         *
         *     Use when staff want figures as a file. For lists of records (students, scores, marks) use `export_records`.
         *
         *     Shape:  a kind and filters -> one file: a sheet or section a table; `totals` has a row a student, subject and term.
         *     Units:  percent; places in the class; a file is kept 7 days.
         *     Errors: those of any write.
         *     Source: tables score_sheets, scores, registers, attendance_marks, enrolments.
         *
         *     Permission: `analytics:read`. Effect: **write**.
         *
         *     In conversation:
         *     - “Export the dashboard as PDF”
         *     - “Download the grade distribution as Excel”
         *     - “Give me the attendance patterns of JSS 2 as a spreadsheet”
         *     - “Export the student figures to Excel”
         *     - “Save the course figures as PDF”
         */
        post: operations["export_figures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/grades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how grades are distributed, over all, by class and by subject.
         * @description Show how grades are distributed, over all, by class and by subject.
         *
         *     Use when staff ask how many of each grade there are. For one subject in depth use `show_subject_analysis`.
         *
         *     Shape:  filters (default this term) -> distributions; a student counts once in each subject.
         *     Units:  counts and percent; each class graded by its level's own scale.
         *     Errors: those of any read.
         *     Source: tables score_sheets, scores, grading_scales, grade_bands.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the grade distribution”
         *     - “How many As and Fs are there this term?”
         *     - “Grade distribution of JSS 2 Ruby”
         *     - “How are the grades spread in SS 1?”
         *     - “What share of the totals is a pass?”
         */
        get: operations["show_grade_distributions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/students": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show students in figures: average, place, change, failed subjects, attendance.
         * @description Show students in figures: average, place, change, failed subjects, attendance.
         *
         *     Use when staff want many students compared. For one student use `show_trajectory`; for who needs help `show_at_risk`.
         *
         *     Shape:  filters -> one line a student, one page of them, and how their averages spread.
         *     Units:  percent; change in percent points since the term before.
         *     Errors: those of any read.
         *     Source: tables enrolments, score_sheets, scores, registers, attendance_marks.
         *
         *     Permission: `analytics:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Which students fell most since last term?”
         *     - “Show the averages and attendance of all my students”
         *     - “List the students of JSS 2 by average”
         *     - “Student performance figures of SS 1”
         *     - “Which students improved most?”
         */
        get: operations["show_student_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistant/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List answers of the assistant that people rated, with their reasons.
         * @description List answers of the assistant that people rated, with their reasons.
         *
         *     Use when somebody asks how people like the assistant's answers.
         *
         *     Shape:  a thumb or nothing -> rated answers, newest first.
         *     Units:  one row an answer.
         *     Errors: those of any read.
         *     Source: table turns.
         *
         *     Permission: `audit:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Which answers got a thumbs down?”
         *     - “Show the feedback on the assistant”
         *     - “What did people complain about in the answers?”
         *     - “List the rated answers”
         */
        get: operations["find_answer_feedback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assistant/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how much the assistant was used, by person: answers, tokens, price.
         * @description Show how much the assistant was used, by person: answers, tokens, price.
         *
         *     Use when somebody asks about the assistant's usage, its tokens or its price.
         *
         *     Shape:  days back -> one line a person, most tokens first, and the allowance.
         *     Units:  tokens in and out together; answers in turns; US dollars at the providers' listed prices.
         *     Errors: those of any read.
         *     Source: tables turns and model_uses.
         *
         *     Permission: `audit:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “How much is the assistant used?”
         *     - “How many tokens did we use this month?”
         *     - “Who uses the language model most?”
         *     - “Assistant usage of the last 7 days”
         *     - “What did the language model cost us?”
         */
        get: operations["show_assistant_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the class arms: all, of a level, with a subject, or the caller's own.
         * @description List the class arms: all, of a level, with a subject, or the caller's own.
         *
         *     Use when somebody asks which classes there are. For one class in detail, use `show_class`.
         *
         *     Shape:  nothing, a level, a subject (with `mine`: that the caller teaches there), or `mine` -> one row a class arm.
         *     Units:  students in persons.
         *     Errors: those of any read.
         *     Source: tables class_arms, levels, teaching, enrolments.
         *
         *     Permission: `classes:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Which classes do I teach?”
         *     - “List all the classes”
         *     - “Show my classes”
         *     - “How many classes are there in JSS 1?”
         *     - “Which classes do I teach physics?”
         */
        get: operations["find_classes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find messages in the delivery log: by student, guardian, matter or state.
         * @description Find messages in the delivery log: by student, guardian, matter or state.
         *
         *     Use when somebody wants the log itself. For one guardian's "why not?" use `explain_delivery`.
         *
         *     Shape:  optional filters -> one row a delivery, newest first.
         *     Units:  times in UTC.
         *     Errors: those of any read.
         *     Source: tables deliveries, notifications.
         *
         *     Permission: `deliveries:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the delivery log”
         *     - “Which messages failed today?”
         *     - “List the messages sent to the guardian of Ada Okonjo”
         *     - “Show the messages about results this week”
         *     - “Show all given-up messages”
         */
        get: operations["find_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/digest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how often the digest of absences and missing work reaches you.
         * @description Show how often the digest of absences and missing work reaches you.
         *
         *     Use when somebody asks about their daily or weekly summary. To change it use `set_digest`.
         *
         *     Shape:  nothing -> your choice and the school's day.
         *     Units:  a weekday and a time of day where the school is.
         *     Errors: those of any read.
         *     Source: tables digest_choices, schools.
         *
         *     Permission: `notifications:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Do I get a weekly summary?”
         *     - “When does the digest come?”
         *     - “How often do I get the digest?”
         */
        get: operations["show_digest"];
        /**
         * Choose how often the digest of absences and missing work reaches you.
         * @description Choose how often the digest of absences and missing work reaches you.
         *
         *     Use when somebody wants a daily or weekly summary, or none. Only their own changes.
         *
         *     Shape:  daily, weekly, off or default -> one choice kept.
         *     Units:  how often.
         *     Errors: those of any change.
         *     Source: table digest_choices.
         *
         *     Permission: `notifications:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Send me a weekly summary of absences and missing work”
         *     - “I want the digest every day”
         *     - “Turn the weekly digest off for me”
         *     - “No more weekly summaries please”
         */
        put: operations["set_digest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write students, guardians, attendance or scores to an Excel, CSV or PDF file.
         * @description Write students, guardians, attendance or scores to an Excel, CSV or PDF file.
         *
         *     Use when somebody wants a list as a file. To see it in the conversation, use the show and find capabilities.
         *
         *     Shape:  a kind, narrowed by class, subject, term or days -> one file, one row a record.
         *     Units:  points and totals as recorded; dates YYYY-MM-DD; a file is kept 7 days.
         *     Errors: those of any write.
         *     Source: tables students, guardians, guardianships, attendance_marks, scores.
         *
         *     Permission: `records:export`. Effect: **write**.
         *
         *     In conversation:
         *     - “Export the students of JSS 2 Ruby to Excel”
         *     - “Download the class list as CSV”
         *     - “Give me a PDF of the SS 1 Ruby attendance this term”
         *     - “Export all the scores of this term”
         *     - “Get the guardians' phone numbers in a spreadsheet”
         */
        post: operations["export_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fee-accounts/owing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the students who owe fees, of a class or the whole school.
         * @description List the students who owe fees, of a class or the whole school.
         *
         *     Use when the bursar or the head asks who has not paid. For one student use `show_fees`.
         *
         *     Shape:  optionally a class, a fee, overdue only, a sum -> one row a student, most owed first.
         *     Units:  money in the school's currency.
         *     Errors: those of any read.
         *     Source: tables fee_items, fee_payments, enrolments.
         *
         *     Permission: `fees:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Who still owes fees?”
         *     - “Which students in JSS 2 Ruby have not paid tuition?”
         *     - “List the debtors”
         *     - “Whose fees are overdue?”
         *     - “Who owes more than 50000?”
         */
        get: operations["find_owing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the fees of a term, the sums asked and open, and the reminders that wait.
         * @description Show the fees of a term, the sums asked and open, and the reminders that wait.
         *
         *     Use when the bursar or the head asks about fees in general. For one student use `show_fees`.
         *
         *     Shape:  a term (default this one) -> one row a fee and class, one a waiting reminder.
         *     Units:  money in the school's currency; school-local days.
         *     Errors: those of any read.
         *     Source: tables fee_items, fee_payments, fee_plans.
         *
         *     Permission: `fees:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the fee schedule”
         *     - “What are the fees this term?”
         *     - “How much tuition is still open in all?”
         *     - “Which fee reminders are planned?”
         */
        get: operations["show_fee_schedule"];
        /**
         * Set what a fee of a term is, for classes or all, and when it is due.
         * @description Set what a fee of a term is, for classes or all, and when it is due.
         *
         *     Use when the bursar says what is to be paid. Nobody is written to: for that use `send_fee_reminder`.
         *
         *     Shape:  a fee, an amount, a day, classes (none: all), a term (default this one) -> one fee a class.
         *     Units:  money in the school's currency; a school-local day.
         *     Errors: those of any change.
         *     Source: table fee_items.
         *
         *     Permission: `fees:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Set tuition for JSS 2 Ruby to 85000, due 30 September”
         *     - “The exam fee is 3000 for the whole school, due on 10 October”
         *     - “Make the bus fee of SS 1 Pearl 12,500 due next Friday”
         *     - “Change tuition of JSS 1 Pearl to 90000”
         */
        put: operations["set_fee"];
        post?: never;
        /**
         * Remove a fee of a term, so that it is no longer owed.
         * @description Remove a fee of a term, so that it is no longer owed.
         *
         *     Use when a fee does not hold after all. Payments stay, and count toward what else is owed.
         *
         *     Shape:  a fee, classes (none: the one of the whole school), a term -> the fee is gone.
         *     Units:  fees.
         *     Errors: those of any change.
         *     Source: table fee_items.
         *
         *     Permission: `fees:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Remove the bus fee of JSS 1 Pearl”
         *     - “There is no exam fee this term after all”
         *     - “Drop the excursion fee for the whole school”
         */
        delete: operations["remove_fee"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading-scales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show which total earns which grade, and the pass mark.
         * @description Show which total earns which grade, and the pass mark.
         *
         *     Use when somebody asks about grades, bands or the pass mark. To change them use `set_grading_scale`.
         *
         *     Shape:  nothing -> the school's scale and those of levels with their own.
         *     Units:  totals in percent, 0 to 100.
         *     Errors: those of any read.
         *     Source: tables grading_scales, grade_bands.
         *
         *     Permission: `school:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “What is the grading scale?”
         *     - “From which score is it an A1?”
         *     - “Show the grade bands”
         *     - “What is the pass mark?”
         */
        get: operations["show_grading_scales"];
        /**
         * Set which total earns which grade and what passes, for school or level.
         * @description Set which total earns which grade and what passes, for school or level.
         *
         *     Use when an administrator changes the grades. Give all bands; the preview tells whose grades change.
         *
         *     Shape:  bands (n,), a pass mark, a level -> one scale.
         *     Units:  totals in percent, 0 to 100.
         *     Errors: those of any change.
         *     Source: tables grading_scales, grade_bands.
         *
         *     Permission: `school:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Change the grading scale”
         *     - “Make 75 the lowest A1”
         *     - “Set the pass mark to 50”
         *     - “Give SS 3 its own grade bands”
         */
        put: operations["set_grading_scale"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find guardians on SMS and WhatsApp who wait for a person or have one.
         * @description Find guardians on SMS and WhatsApp who wait for a person or have one.
         *
         *     Use when somebody asks who wants to talk to the school.
         *
         *     Shape:  optionally closed ones too -> one row a conversation.
         *     Units:  times in UTC.
         *     Errors: those of any read.
         *     Source: tables handovers, handover_messages.
         *
         *     Permission: `inbox:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Who is waiting to talk to a person?”
         *     - “Show the inbox”
         *     - “Which guardians want to talk to somebody?”
         *     - “What is in the inbox conversations?”
         */
        get: operations["find_inbox_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{conversation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one conversation of the inbox with its messages.
         * @description Show one conversation of the inbox with its messages.
         *
         *     Use when somebody wants to read what a guardian who waits for a person wrote.
         *
         *     Shape:  one conversation -> its messages, oldest first.
         *     Units:  times in UTC.
         *     Errors: those of any read.
         *     Source: tables handovers, handover_messages.
         *
         *     Permission: `inbox:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the inbox conversation with Mrs Okonjo”
         *     - “Open Mrs Bello's conversation in the inbox”
         *     - “What did Mrs Okonjo write to the inbox?”
         */
        get: operations["show_inbox_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{conversation}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim a conversation of the inbox, so that you alone answer in it.
         * @description Claim a conversation of the inbox, so that you alone answer in it.
         *
         *     Use when somebody of the school takes a guardian who waits for a person.
         *
         *     Shape:  one conversation -> yours.
         *     Units:  conversations.
         *     Errors: handover_owned, handover_closed.
         *     Source: table handovers.
         *
         *     Permission: `inbox:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Claim the inbox conversation with Mrs Okonjo”
         *     - “I take the conversation with Mrs Bello”
         *     - “I will answer Mrs Okonjo in the inbox myself”
         */
        post: operations["claim_inbox_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{conversation}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a conversation back to the assistant, and tell the guardian so.
         * @description Release a conversation back to the assistant, and tell the guardian so.
         *
         *     Use when a person of the school has finished talking with a guardian.
         *
         *     Shape:  one conversation -> handed back.
         *     Units:  conversations.
         *     Errors: handover_not_yours, handover_closed.
         *     Source: table handovers.
         *
         *     Permission: `inbox:write`. Effect: **send**.
         *
         *     In conversation:
         *     - “Hand the inbox conversation with Mrs Okonjo back to the assistant”
         *     - “I am done with Mrs Bello in the inbox, let the assistant answer again”
         *     - “End the inbox conversation with Mrs Okonjo”
         */
        post: operations["release_inbox_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{conversation}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a reply in a conversation of the inbox that you have.
         * @description Send a reply in a conversation of the inbox that you have.
         *
         *     Use when a person of the school answers a guardian who asked for one. Claim the conversation first.
         *
         *     Shape:  one conversation and words -> one message on its channel.
         *     Units:  messages.
         *     Errors: handover_not_yours, handover_closed.
         *     Source: tables handovers, handover_messages.
         *
         *     Permission: `inbox:write`. Effect: **send**.
         *
         *     In conversation:
         *     - “Reply to Mrs Okonjo in the inbox: please come at ten tomorrow”
         *     - “Answer the inbox conversation with Mrs Bello: the bus is on its way”
         *     - “Write in the inbox to Mrs Okonjo: we found the bag”
         */
        post: operations["send_inbox_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show quiet hours and which channels each kind of message uses.
         * @description Show quiet hours and which channels each kind of message uses.
         *
         *     Use when somebody asks how or when messages go out. To change use `set_quiet_hours` or `set_message_channels`.
         *
         *     Shape:  nothing -> quiet hours and one row a kind of message.
         *     Units:  times of day where the school is.
         *     Errors: those of any read.
         *     Source: tables schools, channel_rules.
         *
         *     Permission: `deliveries:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “When are our quiet hours?”
         *     - “By which channel do guardians hear of results?”
         *     - “Show the message settings”
         *     - “How do messages go out?”
         */
        get: operations["show_message_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the words of the school's messages, its own and the default ones.
         * @description Show the words of the school's messages, its own and the default ones.
         *
         *     Use when somebody asks what a message says. To change the words use `set_message_template`.
         *
         *     Shape:  optionally a matter -> one row a matter, channel and language.
         *     Units:  words in Jinja2.
         *     Errors: those of any read.
         *     Source: table message_templates; default words.
         *
         *     Permission: `deliveries:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the message templates”
         *     - “What does the SMS about results say?”
         *     - “Which words do we use for attendance messages?”
         *     - “Show the template of the report card e-mail”
         */
        get: operations["show_message_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message-templates/{matter}/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the school's own words for a kind of message on one channel, or remove them.
         * @description Set the school's own words for a kind of message on one channel, or remove them.
         *
         *     Use when somebody wants to word a message differently; the preview tries it on a sample child.
         *
         *     Shape:  a matter, channel, language and words (none: the default) -> one template.
         *     Units:  words in Jinja2, sandboxed; SMS segments are in the preview.
         *     Errors: those of any change.
         *     Source: table message_templates.
         *
         *     Permission: `deliveries:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Change the SMS about results to: {{ school }}: results of {{ students | names }} are out”
         *     - “Use our own words for attendance messages by WhatsApp”
         *     - “Set the e-mail template of report cards”
         *     - “Go back to the default words for notices by SMS”
         */
        put: operations["set_message_template"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/school": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the school's name, motto, address, contacts, colour, logo and place.
         * @description Show the school's name, motto, address, contacts, colour, logo and place.
         *
         *     Use when somebody asks about the school itself. To change them use `set_school_details` or `set_school_logo`.
         *
         *     Shape:  nothing -> one school.
         *     Units:  time zone and locale as their standard names.
         *     Errors: those of any read.
         *     Source: table schools.
         *
         *     Permission: `school:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “What is the school's address?”
         *     - “Show the school's details”
         *     - “Which time zone is the school in?”
         *     - “What is our motto?”
         */
        get: operations["show_school"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the school's name, motto, contacts, colour, zone or currency.
         * @description Change the school's name, motto, contacts, colour, zone or currency.
         *
         *     Use when an administrator changes how the school is called or looks. An empty text clears one; what is left out stays.
         *
         *     Shape:  any of the details -> those details changed.
         *     Units:  colour as #rrggbb, phone in E.164, time zone as Area/City, currency as three letters.
         *     Errors: those of any change.
         *     Source: table schools.
         *
         *     Permission: `school:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Change the school's name”
         *     - “Our new phone number is +2348012345678”
         *     - “Make the school's colour #0d5c4f”
         *     - “Change the school motto”
         *     - “Set the time zone of the school”
         */
        patch: operations["set_school_details"];
        trace?: never;
    };
    "/api/v1/second-approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show which actions need a second person's approval.
         * @description Show which actions need a second person's approval.
         *
         *     Use when somebody asks which actions take two people. To change it use `set_second_approval`.
         *
         *     Shape:  nothing -> names of capabilities.
         *     Units:  capabilities.
         *     Errors: those of any read.
         *     Source: table schools.
         *
         *     Permission: `school:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Which actions need a second person?”
         *     - “Who has to approve publications besides me?”
         *     - “Show the four-eyes rule”
         */
        get: operations["show_second_approval"];
        /**
         * Set which actions need a second person's approval.
         * @description Set which actions need a second person's approval.
         *
         *     Use when the school wants four eyes on an action. The list given replaces the one before.
         *
         *     Shape:  names of capabilities (n,) -> one rule.
         *     Units:  capabilities.
         *     Errors: those of any change.
         *     Source: table schools.
         *
         *     Permission: `school:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Publishing scores needs a second person”
         *     - “Ask for two people before report cards are released”
         *     - “Nothing needs a second approval any more”
         */
        put: operations["set_second_approval"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/students/{student}/remark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write the class teacher's or principal's remark on one student's report card.
         * @description Write the class teacher's or principal's remark on one student's report card.
         *
         *     Use when somebody words a remark. To have a class's empty remarks drafted use `draft_remarks`.
         *
         *     Shape:  one student, one author -> one remark; an empty text removes it.
         *     Units:  at most 300 characters.
         *     Errors: cards_closed.
         *     Source: table remarks.
         *
         *     Permission: `reports:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Write for Ada: a good term, keep reading”
         *     - “Change Tunde's remark to: needs to practise maths”
         *     - “Set the principal's comment on Zainab's report card”
         */
        put: operations["set_remark"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show messages to other programs, with what their addresses answered.
         * @description Show messages to other programs, with what their addresses answered.
         *
         *     Use when somebody asks whether a webhook was called and what came back.
         *
         *     Shape:  one webhook or all, all messages or the failed -> messages, newest first.
         *     Units:  messages.
         *     Errors: those of any read.
         *     Source: table webhook_messages.
         *
         *     Permission: `webhooks:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show the messages of the webhooks”
         *     - “Which webhook messages failed?”
         *     - “Did example.com get the webhook?”
         */
        get: operations["show_webhook_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-messages/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send failed webhook messages again, with the same ids.
         * @description Send failed webhook messages again, with the same ids.
         *
         *     Use when a program was away and is back.
         *
         *     Shape:  one webhook or all -> its failed messages queued.
         *     Units:  messages.
         *     Errors: those of any change.
         *     Source: table webhook_messages.
         *
         *     Permission: `webhooks:write`. Effect: **send**.
         *
         *     In conversation:
         *     - “Replay the failed webhook messages”
         *     - “Send the failed webhooks again”
         *     - “Retry what example.com did not get”
         */
        post: operations["replay_webhook_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the webhooks and how their messages fare.
         * @description Show the webhooks and how their messages fare.
         *
         *     Use when somebody asks which programs are told of events. For single messages use `show_webhook_messages`.
         *
         *     Shape:  nothing -> one row a webhook.
         *     Units:  messages.
         *     Errors: those of any read.
         *     Source: tables webhook_endpoints, webhook_messages.
         *
         *     Permission: `webhooks:read`. Effect: **read**.
         *
         *     In conversation:
         *     - “Show our webhooks”
         *     - “Which programs hear of published scores?”
         *     - “List the webhooks”
         *     - “Are the webhooks working?”
         */
        get: operations["show_webhooks"];
        put?: never;
        /**
         * Tell another program of events by webhook.
         * @description Tell another program of events by webhook.
         *
         *     Use when a program outside should hear of what happens. Its signing secret is shown under Settings, Webhooks.
         *
         *     Shape:  an address and names of events (none: every public one) -> one webhook.
         *     Units:  webhooks.
         *     Errors: conflict,  and those of any change.
         *     Source: table webhook_endpoints; Standard Webhooks.
         *
         *     Permission: `webhooks:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Add a webhook to https://example.com/hooks for scores.published”
         *     - “Tell https://example.com/school when attendance is marked”
         *     - “New webhook https://hooks.example.com”
         */
        post: operations["add_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change what a webhook hears of, or switch it on or off.
         * @description Change what a webhook hears of, or switch it on or off.
         *
         *     Use when a webhook should hear of other events, pause, or go on after it failed.
         *
         *     Shape:  one webhook, its events, on or off -> the same webhook.
         *     Units:  webhooks.
         *     Errors: those of any change.
         *     Source: table webhook_endpoints.
         *
         *     Permission: `webhooks:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Switch the webhook to https://example.com/hooks off”
         *     - “Turn the example.com webhook on again”
         *     - “Let the webhook to https://example.com/hooks hear only of scores.published”
         */
        put: operations["set_webhook"];
        post?: never;
        /**
         * Remove a webhook with its messages.
         * @description Remove a webhook with its messages.
         *
         *     Use when a program need not hear of events any more. To pause it use `set_webhook`.
         *
         *     Shape:  one webhook -> nothing left of it; undo brings it back with its secret, not its messages.
         *     Units:  webhooks.
         *     Errors: those of any change.
         *     Source: tables webhook_endpoints, webhook_messages.
         *
         *     Permission: `webhooks:write`. Effect: **write**.
         *
         *     In conversation:
         *     - “Remove the webhook to https://example.com/hooks”
         *     - “Delete that webhook”
         *     - “Stop telling https://example.com/school of events”
         */
        delete: operations["remove_webhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhook}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a webhook a test message.
         * @description Send a webhook a test message.
         *
         *     Use when somebody wants to see whether an address takes its messages. The answer is in `show_webhook_messages`.
         *
         *     Shape:  one webhook -> one message, tried once.
         *     Units:  messages.
         *     Errors: those of any change.
         *     Source: table webhook_messages.
         *
         *     Permission: `webhooks:write`. Effect: **send**.
         *
         *     In conversation:
         *     - “Test the webhook to https://example.com/hooks”
         *     - “Send a test message to the example.com webhook”
         *     - “Try the webhook out”
         */
        post: operations["send_test_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{webhook_id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Secret
         * @description The secret that signs the messages of one webhook.
         */
        get: operations["show_webhook_secret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Account
         * @description What one student was asked for, has paid, and owes. `credit` was paid beyond all fees.
         */
        Account: {
            /** Charges */
            charges: components["schemas"]["Charge"][];
            /** Classarm */
            classArm: string;
            /**
             * Credit
             * @description Money in the school's currency.
             */
            credit: number;
            /**
             * Overdue
             * @description Money in the school's currency.
             */
            overdue: number;
            /**
             * Owed
             * @description Money in the school's currency.
             */
            owed: number;
            /** Payments */
            payments: components["schemas"]["Payment"][];
            /** Student */
            student: string;
            /**
             * Studentid
             * Format: uuid
             */
            studentId: string;
        };
        /** AccountIn */
        AccountIn: {
            channel: components["schemas"]["Channel"];
            /**
             * Options
             * @description Host, region, template, and so on.
             */
            options?: {
                [key: string]: unknown;
            };
            /**
             * Persecond
             * @description Messages a second it accepts.
             */
            perSecond?: number | null;
            /**
             * Position
             * @description Lower is tried first.
             * @default 0
             */
            position?: number;
            /** Provider */
            provider: string;
            /**
             * Secrets
             * @description Kept encrypted, never given back.
             */
            secrets?: {
                [key: string]: string;
            };
            /**
             * Sender
             * @description The number, address or name messages come from.
             */
            sender: string;
        };
        /** AccountOut */
        AccountOut: {
            /** Channel */
            channel: string;
            /** Enabled */
            enabled: boolean;
            /**
             * Hook
             * @description Give this address to the provider for receipts and incoming messages.
             */
            hook: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Options */
            options: {
                [key: string]: unknown;
            };
            /** Persecond */
            perSecond: number | null;
            /** Position */
            position: number;
            /** Provider */
            provider: string;
            /** Sender */
            sender: string;
        };
        /** Accounts */
        Accounts: {
            /** Items */
            items: components["schemas"]["AccountOut"][];
            /** Providers */
            providers: components["schemas"]["ProviderOut"][];
        };
        /** AddDocumentArguments */
        AddDocumentArguments: {
            /**
             * @description Who may read it: staff; guardians too; public, students too.
             * @default staff
             */
            audience?: components["schemas"]["Audience"];
            /**
             * File
             * Format: uuid
             * @description File from POST /api/uploads, or one given in the chat.
             */
            file: string;
            /** @description What it is. */
            kind: components["schemas"]["DocumentKind"];
            /** Level */
            level?: string | null;
            /** Subject */
            subject?: string | null;
            /**
             * Termnumber
             * @description Number of the term it is for.
             */
            termNumber?: number | null;
            /**
             * Title
             * @description Title; default its own.
             */
            title?: string | null;
        };
        /** AddWebhookArguments */
        AddWebhookArguments: {
            /**
             * Events
             * @description Names of events such as scores.published; none: every public event.
             * @default []
             */
            events?: string[];
            /**
             * Url
             * @description Where messages go, https://….
             */
            url: string;
        };
        /**
         * Allowance
         * @description What hosted models may be used for: tokens a day for one person and for the school, US dollars a month.
         */
        Allowance: {
            /** Dollarspermonth */
            dollarsPerMonth?: string | null;
            /**
             * Tokensperperson
             * @default 300000
             */
            tokensPerPerson?: number;
            /**
             * Tokensperschool
             * @default 5000000
             */
            tokensPerSchool?: number;
        };
        /**
         * ApprovalCard
         * @description An approval as people see it at every door.
         */
        ApprovalCard: {
            /** Conversationid */
            conversationId: string | null;
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Decidedby */
            decidedBy: string | null;
            /** Door */
            door: string;
            /** Effect */
            effect: string;
            /** Error */
            error: string | null;
            /**
             * Expiresat
             * Format: date-time
             */
            expiresAt: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Needssecondperson */
            needsSecondPerson: boolean;
            /** Preview */
            preview: {
                [key: string]: unknown;
            };
            requestedBy: components["schemas"]["Requester"];
            /** Result */
            result: {
                [key: string]: unknown;
            } | null;
            /** Secondpersonhint */
            secondPersonHint: string | null;
            /** Status */
            status: string;
            /** Title */
            title: string;
            /** Tool */
            tool: string;
        };
        /** ApprovalList */
        ApprovalList: {
            /** Items */
            items: components["schemas"]["ApprovalCard"][];
        };
        /**
         * ApprovalStep
         * @description A step of the approval chain, and who took it.
         */
        ApprovalStep: {
            /** At */
            at: string | null;
            /** By */
            by: string | null;
            /** Findings */
            findings: number | null;
            /** Step */
            step: string;
            /** Words */
            words: string;
        };
        /** ApproveReportCardsArgumentsBody */
        ApproveReportCardsArgumentsBody: {
            /**
             * Term
             * @description Term by name or id; default this term.
             */
            term?: string | null;
        };
        /**
         * AssistantUsage
         * @description How much each person used the assistant, and how much of the models' allowance is used up.
         */
        AssistantUsage: {
            allowed: components["schemas"]["Allowance"];
            /** Days */
            days: number;
            /** Dollarsthismonth */
            dollarsThisMonth: string;
            /** Lines */
            lines: components["schemas"]["UsageLine"][];
            /** Tokenstoday */
            tokensToday: number;
        };
        /**
         * AtRisk
         * @description The students of a class who need help, most urgent first.
         */
        AtRisk: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** Atriskstudents */
            atRiskStudents: components["schemas"]["AtRiskStudent"][];
            /**
             * Basis
             * @description model or rule.
             */
            basis: string;
            classArm: components["schemas"]["Named"];
            classHealth: components["schemas"]["ClassHealth"];
            /** Method */
            method: string;
            /**
             * Modelversion
             * @description 0 is the rule.
             */
            modelVersion: number;
            /** Term */
            term: string;
            /** Withoutscores */
            withoutScores: number;
        };
        /**
         * AtRiskStudent
         * @description A student at medium or high risk, with reasons.
         */
        AtRiskStudent: {
            /** Contributingfactors */
            contributingFactors: components["schemas"]["Factor"][];
            /** Recommendation */
            recommendation: string;
            /** Risklevel */
            riskLevel: string;
            /** Riskscore */
            riskScore: number;
            student: components["schemas"]["Named"];
            /** Whatwouldchangeit */
            whatWouldChangeIt: string;
        };
        /**
         * AttendancePatterns
         * @description Attendance of a time, and its patterns.
         */
        AttendancePatterns: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** Classes */
            classes: components["schemas"]["ClassAttendance"][];
            covered: components["schemas"]["Covered"];
            /** Days */
            days: components["schemas"]["DayFigures"][];
            /**
             * Low
             * @description Students under the school's warning threshold, lowest first; at most 50.
             */
            low: components["schemas"]["LowAttendance"][];
            /** Lowcount */
            lowCount: number;
            together: components["schemas"]["Presences"];
            /**
             * Urgentbelow
             * @description Percent, 0 to 100, two decimals.
             */
            urgentBelow: number;
            /** Urgentcount */
            urgentCount: number;
            /**
             * Warningbelow
             * @description Percent, 0 to 100, two decimals.
             */
            warningBelow: number;
            /**
             * Weekdays
             * @description Which days of the week are missed, Monday first.
             */
            weekdays: components["schemas"]["WeekdayFigures"][];
            /** Weeks */
            weeks: components["schemas"]["WeekFigures"][];
        };
        /**
         * Attention
         * @description One thing worth looking at, in words, and what asks for the whole of it.
         */
        Attention: {
            /** Ask */
            ask: string;
            /**
             * Kind
             * @description risk, attendance, scores or change.
             */
            kind: string;
            /** Text */
            text: string;
        };
        /**
         * Audience
         * @description Who may read: the staff; guardians too; everybody of the school.
         * @enum {string}
         */
        Audience: "staff" | "guardians" | "public";
        /** AuditItem */
        AuditItem: {
            /** Approvedby */
            approvedBy: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Door */
            door: string;
            /** Effect */
            effect: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Summary */
            summary: string;
            /** Tool */
            tool: string;
            /** Undonote */
            undoNote: string | null;
            /** Undoable */
            undoable: boolean;
            /** Undoneat */
            undoneAt: string | null;
            who: components["schemas"]["Who"];
        };
        /** AuditPage */
        AuditPage: {
            /** Items */
            items: components["schemas"]["AuditItem"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /**
         * Author
         * @description Whose remark it is.
         * @enum {string}
         */
        Author: "subject_teacher" | "class_teacher" | "principal";
        /** Axis */
        Axis: {
            /** Label */
            label: string;
        };
        /**
         * Band
         * @description A grade, from the lowest total that earns it.
         */
        Band: {
            /**
             * Frompercent
             * @description Percent, 0 to 100, two decimals.
             */
            fromPercent: number;
            /** Grade */
            grade: string;
            /**
             * Remark
             * @default
             */
            remark?: string;
        };
        /**
         * Bin
         * @description Students who were given about the same probability, and how many of them ended badly.
         */
        Bin: {
            /** Observed */
            observed: number;
            /** Predicted */
            predicted: number;
            /** Students */
            students: number;
        };
        /** Body_decline */
        Body_decline: {
            /** Reason */
            reason?: string | null;
        };
        /** Body_rename_conversation */
        Body_rename_conversation: {
            /** Title */
            title: string;
        };
        /** Body_sign_in */
        Body_sign_in: {
            /** Password */
            password: string;
            /**
             * School
             * @description The school's short name, when you have several.
             */
            school?: string | null;
            /**
             * Username
             * @description E-mail address.
             */
            username: string;
        };
        /** Body_upload_document */
        Body_upload_document: {
            /** @default staff */
            audience?: components["schemas"]["Audience"];
            /** File */
            file: string;
            /** @default other */
            kind?: components["schemas"]["DocumentKind"];
            /** Level */
            level?: string | null;
            /** Subject */
            subject?: string | null;
            /** Termnumber */
            termNumber?: number | null;
            /** Title */
            title?: string | null;
        };
        /** Body_upload_file */
        Body_upload_file: {
            /** File */
            file: string;
        };
        /**
         * Break
         * @description `period` closes a period (assembly, a break that takes one); `after_period` is a pause no double runs across.
         */
        Break: {
            /** Afterperiod */
            afterPeriod?: number | null;
            /** Day */
            day?: number | null;
            /**
             * Minutes
             * @default 20
             */
            minutes?: number;
            /**
             * Name
             * @default Break
             */
            name?: string;
            /** Period */
            period?: number | null;
        };
        /**
         * CalendarAddress
         * @description A private address calendars can subscribe to.
         */
        CalendarAddress: {
            /** Of */
            of: string;
            /** Url */
            url: string;
        };
        /** Capability */
        Capability: {
            /** Effect */
            effect: string;
            /** Name */
            name: string;
            /** Parameters */
            parameters: {
                [key: string]: unknown;
            };
            /** Permission */
            permission: string;
            /** Rest */
            rest: string;
            /** Says */
            says: string[];
            /** Summary */
            summary: string;
            /** Title */
            title: string;
        };
        /** CapabilityPage */
        CapabilityPage: {
            /** Items */
            items: components["schemas"]["Capability"][];
        };
        /**
         * Card
         * @description What a model is, what it was judged on and how well it did. Stored with the model, for staff.
         */
        Card: {
            /** Algorithm */
            algorithm: string;
            /** Bycut */
            byCut: {
                [key: string]: components["schemas"]["Quality"][];
            };
            /** Calibration */
            calibration: components["schemas"]["Bin"][];
            /**
             * Capacity
             * @description Students the school can help.
             */
            capacity: number;
            /** Capacityshare */
            capacityShare: number;
            /**
             * Decision
             * @description Why it serves or does not.
             */
            decision: string;
            /** Examples */
            examples: number;
            /** Features */
            features: string[];
            /** Groups */
            groups: components["schemas"]["GroupErrors"][];
            /**
             * Judgedon
             * @description The later session it was judged on; it learned nothing from it then.
             */
            judgedOn: string;
            /**
             * Learnedon
             * @description Sessions the judged model learned on.
             */
            learnedOn: string[];
            /** Limits */
            limits: string[];
            /** Neverused */
            neverUsed: string[];
            /** Outcome */
            outcome: string;
            /**
             * Prevalence
             * @description Share of students with the outcome in the session judged on.
             */
            prevalence: number;
            /** Qualities */
            qualities: components["schemas"]["Quality"][];
            /** Seconds */
            seconds: number;
            /**
             * Servedfrom
             * @description Sessions the served model learned on: the judged one too.
             */
            servedFrom: string[];
            /** Software */
            software: string;
            /** Students */
            students: number;
        };
        /**
         * CardFault
         * @enum {string}
         */
        CardFault: "remark_empty" | "wrong_name" | "wrong_pronoun" | "remark_at_odds_with_grade" | "score_missing" | "sheet_not_ready" | "totals_do_not_add_up" | "outlier" | "no_scores";
        /**
         * ChangeResult
         * @description A draft after a change.
         */
        ChangeResult: {
            /** Costchange */
            costChange: number;
            /** Hard */
            hard: number;
            /** Lessons */
            lessons: components["schemas"]["LessonCell"][];
            /** Message */
            message: string;
            /** Soft */
            soft: number;
            /**
             * Timetableid
             * Format: uuid
             */
            timetableId: string;
            /** Version */
            version: number;
        };
        /**
         * Channel
         * @enum {string}
         */
        Channel: "sms" | "whatsapp" | "email" | "push" | "in_app";
        /**
         * ChannelOrder
         * @description The channels a kind of message uses for a role, first choice first; none: the bell alone.
         */
        ChannelOrder: {
            /** Channels */
            channels: string[];
            /** Matter */
            matter: string;
            /** Whom */
            whom: string;
        };
        /**
         * Charge
         * @description One fee of one student, and what of it is open.
         */
        Charge: {
            /**
             * Amount
             * @description Money in the school's currency.
             */
            amount: number;
            /**
             * Dueon
             * Format: date
             */
            dueOn: string;
            /** Name */
            name: string;
            /**
             * Open
             * @description Money in the school's currency.
             */
            open: number;
            /** Term */
            term: string;
        };
        /** Chart */
        Chart: {
            /**
             * Chart
             * @enum {string}
             */
            chart: "line" | "bar" | "histogram" | "pie";
            /** Series */
            series: components["schemas"]["Series"][];
            /** Title */
            title: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "chart";
            x: components["schemas"]["Axis"];
            y: components["schemas"]["Axis"];
        };
        /** ChartPoint */
        ChartPoint: {
            /** X */
            x: string | number;
            /** Y */
            y: number | null;
        };
        /**
         * ChatAnswer
         * @description The whole answer, for clients that do not stream.
         */
        ChatAnswer: {
            /** Approvals */
            approvals: {
                [key: string]: unknown;
            }[];
            /** Blocks */
            blocks: {
                [key: string]: unknown;
            }[];
            /**
             * Conversationid
             * Format: uuid
             */
            conversationId: string;
            /** Note */
            note: string | null;
            /** Plain */
            plain: string;
            /** Status */
            status: string;
            /** Text */
            text: string;
            /**
             * Turnid
             * Format: uuid
             */
            turnId: string;
        };
        /**
         * ChatMessage
         * @description One message. A client's own history is never read: the conversation is the server's.
         */
        ChatMessage: {
            /**
             * Clientmessageid
             * @description Makes a retry the same message.
             */
            clientMessageId?: string | null;
            /**
             * Conversationid
             * @description Yours to choose (a UUID), or none for a new conversation.
             */
            conversationId?: string | null;
            /**
             * Files
             * @description Ids from POST /api/uploads.
             */
            files?: string[];
            /**
             * Message
             * @description What the person says.
             */
            message: string;
        };
        /** Choice */
        Choice: {
            /** Label */
            label: string;
            /** Send */
            send: string;
        };
        /** Choices */
        Choices: {
            /** Options */
            options: components["schemas"]["Choice"][];
            /** Question */
            question: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "choices";
        };
        /** Citation */
        Citation: {
            /** Documentid */
            documentId: string;
            /** Page */
            page?: number | null;
            /** Quote */
            quote: string;
            /** Title */
            title: string;
            /** Url */
            url: string;
        };
        /** Citations */
        Citations: {
            /** Items */
            items: components["schemas"]["Citation"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "citations";
        };
        /** ClassAttendance */
        ClassAttendance: {
            /** Absent */
            absent: number;
            classArm: components["schemas"]["Named"];
            /** Excused */
            excused: number;
            /** Late */
            late: number;
            /** Present */
            present: number;
            /**
             * Rate
             * @description Present and late over all days but excused ones.
             */
            rate: number | null;
            /**
             * Registers
             * @description Days a register was taken.
             */
            registers: number;
        };
        /**
         * ClassComparison
         * @description The arms of a level side by side.
         */
        ClassComparison: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** @description The class asked about, when it was a class. */
            classArm: components["schemas"]["Named"] | null;
            /** Classes */
            classes: components["schemas"]["ClassFigures"][];
            level: components["schemas"]["Named"];
            /** Note */
            note: string;
            subject: components["schemas"]["Named"] | null;
            /** Subjects */
            subjects: components["schemas"]["SubjectAcross"][];
            /** Term */
            term: string;
            together: components["schemas"]["Distribution"];
        };
        /**
         * ClassFigures
         * @description One class. `figures` is null where too few students have a total for a class that is not the caller's.
         */
        ClassFigures: {
            classArm: components["schemas"]["Named"];
            /**
             * Clear
             * @description Whether the difference is more than chance would often make (twice its standard error).
             */
            clear: boolean;
            /**
             * Difference
             * @description Mean less that of the other arms together, percent points.
             */
            difference: number | null;
            /** Enrolled */
            enrolled: number;
            figures: components["schemas"]["Distribution"] | null;
            /**
             * Mine
             * @description Whether the caller teaches this class.
             */
            mine: boolean;
        };
        /** ClassGrades */
        ClassGrades: {
            classArm: components["schemas"]["Named"];
            figures: components["schemas"]["Distribution"];
        };
        /** ClassHealth */
        ClassHealth: {
            /** Averageriskscore */
            averageRiskScore: number | null;
            /** Highriskcount */
            highRiskCount: number;
            /** Lowriskcount */
            lowRiskCount: number;
            /** Mediumriskcount */
            mediumRiskCount: number;
        };
        /** ClassInSubject */
        ClassInSubject: {
            classArm: components["schemas"]["Named"];
            figures: components["schemas"]["Distribution"];
            /** Level */
            level: string;
            /**
             * State
             * @description draft, submitted, approved or published.
             */
            state: string;
        };
        /** ClassItem */
        ClassItem: {
            /**
             * Classarmid
             * Format: uuid
             */
            classArmId: string;
            /** Classteacher */
            classTeacher: string | null;
            /** Level */
            level: string;
            /** Name */
            name: string;
            /** Students */
            students: number;
        };
        /**
         * ClassList
         * @description Class arms in the order of their levels.
         */
        ClassList: {
            /** Classes */
            classes: components["schemas"]["ClassItem"][];
            /** Mine */
            mine: boolean;
            /**
             * Subject
             * @description Only classes that have this subject.
             */
            subject?: string | null;
        };
        /** ClassOverview */
        ClassOverview: {
            /** Attendancerate */
            attendanceRate: number | null;
            /** Average */
            average: number | null;
            classArm: components["schemas"]["Named"];
            /** Highrisk */
            highRisk: number;
            /** Mediumrisk */
            mediumRisk: number;
            /** Passrate */
            passRate: number | null;
            /** Students */
            students: number;
        };
        /**
         * ClassReports
         * @description How far the report cards of one class are.
         */
        ClassReports: {
            /** Classarm */
            classArm: string;
            /**
             * Classarmid
             * Format: uuid
             */
            classArmId: string;
            /** Classteacher */
            classTeacher: string | null;
            /** Closed */
            closed: string | null;
            /** Mayapprove */
            mayApprove: boolean;
            /** Nextstep */
            nextStep: string | null;
            /** Releasedon */
            releasedOn: string | null;
            /** Returned */
            returned: {
                [key: string]: string;
            } | null;
            /** Steps */
            steps: components["schemas"]["ApprovalStep"][];
            /** Students */
            students: number;
            /** Visible */
            visible: boolean;
        };
        /**
         * ClassesView
         * @description The classes whose cards the caller works on.
         */
        ClassesView: {
            /** Classes */
            classes: components["schemas"]["ClassReports"][];
            /** Label */
            label: string;
            /**
             * Termid
             * Format: uuid
             */
            termId: string;
            /** Terms */
            terms: components["schemas"]["TermChoice"][];
        };
        /** Column */
        Column: {
            /** Key */
            key: string;
            /**
             * Kind
             * @default text
             * @enum {string}
             */
            kind?: "text" | "number" | "percent" | "date" | "datetime" | "money" | "person" | "status" | "grade";
            /** Label */
            label: string;
        };
        /**
         * ComponentFigures
         * @description One column of the sheets of a level: how much of its points is earned.
         */
        ComponentFigures: {
            /** Component */
            component: string;
            /**
             * Earned
             * @description Mean share of the points it is out of.
             */
            earned: number;
            /** Students */
            students: number;
        };
        /**
         * Conversation
         * @description One conversation of the inbox with its messages.
         */
        Conversation: {
            thread: components["schemas"]["Thread"];
        };
        /** ConversationItem */
        ConversationItem: {
            /** Door */
            door: string;
            /** Id */
            id: string;
            /** Preview */
            preview: string;
            /** Title */
            title: string;
            /** Updatedat */
            updatedAt: string;
        };
        /** ConversationPage */
        ConversationPage: {
            /** Items */
            items: components["schemas"]["ConversationItem"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /** ConversationRead */
        ConversationRead: {
            /** Id */
            id: string;
            /** Messages */
            messages: components["schemas"]["Message"][];
            /** Running */
            running: boolean;
            /** Title */
            title: string;
        };
        /** Cost */
        Cost: {
            /** Amount */
            amount: number;
            /** Currency */
            currency: string;
        };
        /** Count */
        Count: {
            /** Count */
            count: number;
        };
        /** CourseMetric */
        CourseMetric: {
            /** Average */
            average: number | null;
            classArm: components["schemas"]["Named"];
            /**
             * Compared
             * @description Students with a total in both terms.
             */
            compared: number;
            /**
             * Gain
             * @description Mean change of the same students in the subject since the term before.
             */
            gain: number | null;
            /** Median */
            median: number | null;
            /** Passrate */
            passRate: number | null;
            /**
             * Recorded
             * @description Share of those students' components that have a score.
             */
            recorded: number | null;
            /** Spread */
            spread: number | null;
            /**
             * State
             * @description none, draft, submitted, approved or published: how far the sheet is.
             */
            state: string;
            /**
             * Students
             * @description Students with a total.
             */
            students: number;
            subject: components["schemas"]["Named"];
        };
        /**
         * CourseMetrics
         * @description Courses in figures.
         */
        CourseMetrics: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** Average */
            average: number | null;
            /**
             * Courses
             * @description By subject and class, in no order of merit.
             */
            courses: components["schemas"]["CourseMetric"][];
            covered: components["schemas"]["Covered"];
            /** Note */
            note: string;
            /** Passrate */
            passRate: number | null;
            /** Recorded */
            recorded: number | null;
            /**
             * Withoutscores
             * @description Courses taught that have no score yet.
             */
            withoutScores: number;
        };
        /**
         * CoverArrangement
         * @description Who takes which lesson of a teacher who is away.
         */
        CoverArrangement: {
            /** Lessons */
            lessons: components["schemas"]["CoveredLesson"][];
            /**
             * On
             * Format: date
             */
            on: string;
            /** Teacher */
            teacher: string;
        };
        /** CoverLesson */
        CoverLesson: {
            /** Beginsat */
            beginsAt: string;
            /**
             * Coveredby
             * @description Who takes it already.
             */
            coveredBy: string | null;
            /** Label */
            label: string;
            /** Lesson */
            lesson: string;
            /** Options */
            options: components["schemas"]["CoverTeacher"][];
            /** Period */
            period: number;
        };
        /**
         * CoverPlan
         * @description Each lesson of an absent teacher, with who could take it.
         */
        CoverPlan: {
            /** Lessons */
            lessons: components["schemas"]["CoverLesson"][];
            /**
             * On
             * Format: date
             */
            on: string;
            /** Teacher */
            teacher: string;
        };
        /** CoverTeacher */
        CoverTeacher: {
            /** Name */
            name: string;
            /** Periodsthatday */
            periodsThatDay: number;
            /** Teacherid */
            teacherId: string;
            /** Why */
            why: string;
        };
        /**
         * Coverage
         * @description What is taught: from the tree where there is one, in the documents' words otherwise.
         */
        Coverage: {
            /** Place */
            place: string;
            /** Quotes */
            quotes: components["schemas"]["QuoteItem"][];
            /** Topics */
            topics: components["schemas"]["TopicItem"][];
        };
        /**
         * Covered
         * @description What the figures are of, in words.
         */
        Covered: {
            /** Classarms */
            classArms: components["schemas"]["Named"][];
            /**
             * Firstday
             * Format: date
             */
            firstDay: string;
            /**
             * Lastday
             * Format: date
             */
            lastDay: string;
            /** Subjects */
            subjects: components["schemas"]["Named"][];
            /** Terms */
            terms: string[];
        };
        /** CoveredLesson */
        CoveredLesson: {
            /** Beginsat */
            beginsAt: string;
            /** Cover */
            cover: string;
            /** Coverid */
            coverId: string;
            /** Label */
            label: string;
            /** Lesson */
            lesson: string;
            /** Period */
            period: number;
            /** Why */
            why: string;
        };
        /**
         * Dashboard
         * @description A scope at a glance.
         */
        Dashboard: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** Attendance */
            attendance: components["schemas"]["WeekFigures"][];
            /** Attendancerate */
            attendanceRate: number | null;
            /** Attention */
            attention: components["schemas"]["Attention"][];
            /**
             * Average
             * @description Mean of the students' averages.
             */
            average: number | null;
            /**
             * Averagechange
             * @description Since the term before, of students with both.
             */
            averageChange: number | null;
            /** Classes */
            classes: components["schemas"]["ClassOverview"][];
            covered: components["schemas"]["Covered"];
            /**
             * Passrate
             * @description Of all totals.
             */
            passRate: number | null;
            risk: components["schemas"]["RiskOverview"];
            scores: components["schemas"]["Distribution"];
            /** Students */
            students: number;
            /** Subjects */
            subjects: components["schemas"]["SubjectOverview"][];
            /**
             * Terms
             * @description Oldest first.
             */
            terms: components["schemas"]["TermAverage"][];
        };
        /** DayFigures */
        DayFigures: {
            /** Absent */
            absent: number;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Excused */
            excused: number;
            /** Late */
            late: number;
            /** Present */
            present: number;
            /**
             * Rate
             * @description Present and late over all days but excused ones.
             */
            rate: number | null;
        };
        /**
         * DeliveryList
         * @description Deliveries, newest first.
         */
        DeliveryList: {
            /** Deliveries */
            deliveries: components["schemas"]["LoggedDelivery"][];
        };
        /** DemoSignIn */
        DemoSignIn: {
            /** Email */
            email: string;
            /** Name */
            name: string;
            /** Password */
            password: string;
            /** Role */
            role: string;
        };
        /** DifferenceItem */
        DifferenceItem: {
            /** After */
            after: string;
            /** Before */
            before: string;
            /** Label */
            label: string;
        };
        /**
         * Difficulty
         * @enum {string}
         */
        Difficulty: "easy" | "medium" | "hard";
        /**
         * Digest
         * @description How often the digest comes to the caller, and when the school sends it.
         */
        Digest: {
            setting: components["schemas"]["DigestSetting"];
        };
        /**
         * DigestSetting
         * @description What the school does, and (for a person) what they chose.
         */
        DigestSetting: {
            /**
             * At
             * Format: time
             */
            at: string;
            /** Own */
            own?: ("daily" | "weekly" | "off") | null;
            /** Schoolsends */
            schoolSends: boolean;
            /** Weekday */
            weekday: number;
        };
        /**
         * Distribution
         * @description How a number of totals spread. Without any, figures are null and the bins empty.
         */
        Distribution: {
            /** Average */
            average: number | null;
            /** Bins */
            bins: components["schemas"]["ScoreBin"][];
            /**
             * Grades
             * @description Best grade first; grades nobody has are there with 0.
             */
            grades: components["schemas"]["GradeCount"][];
            /** Highest */
            highest: number | null;
            /** Lowerquartile */
            lowerQuartile: number | null;
            /** Lowest */
            lowest: number | null;
            /** Median */
            median: number | null;
            /** Passrate */
            passRate: number | null;
            /** Passed */
            passed: number;
            /**
             * Spread
             * @description Population standard deviation, percent points.
             */
            spread: number | null;
            /**
             * Students
             * @description Totals counted; a student in several subjects counts once in each.
             */
            students: number;
            /** Upperquartile */
            upperQuartile: number | null;
        };
        /**
         * DocumentCard
         * @description One version of a document: what it is, and the passage or page asked for.
         */
        DocumentCard: {
            /** Current */
            current: boolean;
            document: components["schemas"]["DocumentItem"];
            /** Fileurl */
            fileUrl: string;
            /** Lastpage */
            lastPage: number;
            /**
             * Paged
             * @description Whether the pages are the file's own.
             */
            paged: boolean;
            /** Passagesshown */
            passagesShown: components["schemas"]["PassageText"][];
            /**
             * Shownpage
             * @description The page shown; where a file has no pages, its part of eight passages.
             */
            shownPage: number | null;
            /** Shownversion */
            shownVersion: number;
            /** Warnings */
            warnings: string[];
        };
        /** DocumentItem */
        DocumentItem: {
            audience: components["schemas"]["Audience"];
            /**
             * Documentid
             * Format: uuid
             */
            documentId: string;
            /** Error */
            error: string | null;
            kind: components["schemas"]["DocumentKind"];
            /** Level */
            level: string | null;
            /** Name */
            name: string;
            /** Pages */
            pages: number | null;
            /** Passages */
            passages: number;
            /** Size */
            size: number;
            /** Status */
            status: string;
            /** Subject */
            subject: string | null;
            /** Termnumber */
            termNumber: number | null;
            /** Title */
            title: string;
            /**
             * Updatedat
             * Format: date-time
             */
            updatedAt: string;
            /** Url */
            url: string;
            /** Version */
            version: number;
        };
        /**
         * DocumentKind
         * @enum {string}
         */
        DocumentKind: "curriculum" | "scheme_of_work" | "policy" | "exam_paper" | "notice" | "other";
        /**
         * Done
         * @description A change that needs no more than a sentence.
         */
        Done: {
            /** Details */
            details?: (components["schemas"]["Text"] | components["schemas"]["Facts"] | components["schemas"]["Table"] | components["schemas"]["People"] | components["schemas"]["Chart"] | components["schemas"]["FileLink"] | components["schemas"]["Progress"] | components["schemas"]["Citations"] | components["schemas"]["Choices"] | components["schemas"]["Errors"] | components["schemas"]["Notice"])[];
            /** Message */
            message: string;
        };
        /**
         * DoublePeriod
         * @description How many of a subject's lessons are `length` periods in a row (2 or 3), for one class or for all.
         */
        DoublePeriod: {
            /** Classarmid */
            classArmId?: string | null;
            /**
             * Count
             * @default 1
             */
            count?: number;
            /**
             * Length
             * @default 2
             */
            length?: number;
            /** Subjectid */
            subjectId: string;
        };
        /**
         * Draft
         * @description Options as they stand on the page; what is not named is as kept.
         */
        Draft: {
            /**
             * Format
             * @default png
             * @enum {string}
             */
            format?: "png" | "pdf";
            /** Options */
            options?: {
                [key: string]: unknown;
            };
            /** Studentid */
            studentId?: string | null;
        };
        /** DraftRemarksArgumentsBody */
        DraftRemarksArgumentsBody: {
            /**
             * Term
             * @description Term by name or id; default this term.
             */
            term?: string | null;
            /**
             * Usemodel
             * @description Ask the hosted language model where there is one; false: compose by rule alone.
             * @default true
             */
            useModel?: boolean;
        };
        /** DraftTimetableArgumentsBody */
        DraftTimetableArgumentsBody: {
            /**
             * Name
             * @description Name of the draft.
             */
            name?: string | null;
        };
        /**
         * Drift
         * @description How far this session's students are from those learned on: the population stability index of each feature.
         */
        Drift: {
            /** Index */
            index: {
                [key: string]: number;
            };
            /**
             * Lookedat
             * Format: date-time
             */
            lookedAt: string;
            /** Students */
            students: number;
            /**
             * Verdict
             * @description steady (below 0.1), moved (below 0.25) or drifted.
             */
            verdict: string;
            /** Worst */
            worst: string;
        };
        /** Errors */
        Errors: {
            /** Items */
            items: components["schemas"]["Fault"][];
            /** Title */
            title: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "errors";
        };
        /**
         * Excluded
         * @description Somebody or something left out, and why.
         */
        Excluded: {
            /** Reason */
            reason: string;
            /** Who */
            who: string;
        };
        /** ExportFiguresArguments */
        ExportFiguresArguments: {
            /**
             * Classarms
             * @description Only these classes; default all you may see.
             * @default []
             */
            classArms?: string[];
            /**
             * Fileformat
             * @default xlsx
             * @enum {string}
             */
            fileFormat?: "xlsx" | "pdf";
            /**
             * Firstday
             * @description From this day, YYYY-MM-DD; scores: the terms the days fall in.
             */
            firstDay?: string | null;
            /**
             * Groups
             * @description Only these groups of classes, such as JSS 2.
             * @default []
             */
            groups?: string[];
            /** @default dashboard */
            kind?: components["schemas"]["FiguresKind"];
            /**
             * Lastday
             * @description Until this day, YYYY-MM-DD.
             */
            lastDay?: string | null;
            /**
             * Students
             * @description Only these students.
             * @default []
             */
            students?: string[];
            /**
             * Subjects
             * @description Only these subjects.
             * @default []
             */
            subjects?: string[];
            /**
             * Term
             * @description Term by name or id; default this term.
             */
            term?: string | null;
        };
        /**
         * ExportFormat
         * @enum {string}
         */
        ExportFormat: "csv" | "xlsx" | "pdf";
        /**
         * ExportKind
         * @enum {string}
         */
        ExportKind: "students" | "guardians" | "attendance" | "scores";
        /** ExportRecordsArguments */
        ExportRecordsArguments: {
            /** Classarm */
            classArm?: string | null;
            /**
             * Columns
             * @description Headings wanted, in order, as the export has them; default all.
             */
            columns?: string[] | null;
            /** @default xlsx */
            fileFormat?: components["schemas"]["ExportFormat"];
            /**
             * Firstday
             * @description First day of attendance wanted, YYYY-MM-DD.
             */
            firstDay?: string | null;
            kind: components["schemas"]["ExportKind"];
            /**
             * Lastday
             * @description Last day of attendance wanted, YYYY-MM-DD.
             */
            lastDay?: string | null;
            /** Subject */
            subject?: string | null;
            /** Term */
            term?: string | null;
        };
        /**
         * Exported
         * @description A file to open, or the run that makes it.
         */
        Exported: {
            /** Fileid */
            fileId?: string | null;
            /**
             * Mediatype
             * @default
             */
            mediaType?: string;
            /**
             * Name
             * @default
             */
            name?: string;
            /** Rows */
            rows: number;
            /** Runid */
            runId?: string | null;
            /** Size */
            size?: number | null;
            /** Title */
            title: string;
        };
        /** Fact */
        Fact: {
            /**
             * Kind
             * @default text
             * @enum {string}
             */
            kind?: "text" | "number" | "percent" | "date" | "datetime" | "money" | "person" | "status" | "grade";
            /** Label */
            label: string;
            /** Value */
            value: string | number | null;
        };
        /** Factor */
        Factor: {
            /** Code */
            code: string;
            /**
             * Factor
             * @description The reason in words, with the student's own figures.
             */
            factor: string;
            /**
             * Importance
             * @description Share of all that raises the student's risk, percent.
             */
            importance: number;
        };
        /** Facts */
        Facts: {
            /** Items */
            items: components["schemas"]["Fact"][];
            /** Title */
            title?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "facts";
        };
        /**
         * FailedCard
         * @description A card that could not be made.
         */
        FailedCard: {
            /** Reason */
            reason: string;
            /** Student */
            student: string;
            /**
             * Studentid
             * Format: uuid
             */
            studentId: string;
        };
        /** Fault */
        Fault: {
            /** Fix */
            fix?: string | null;
            /** What */
            what: string;
            /** Where */
            where: string;
        };
        /** FeeRow */
        FeeRow: {
            /**
             * Amount
             * @description Money in the school's currency.
             */
            amount: number;
            /** Classarm */
            classArm: string;
            /**
             * Dueon
             * Format: date
             */
            dueOn: string;
            /** Fee */
            fee: string;
        };
        /**
         * FeeSchedule
         * @description The fees of a term, what they bring, and the reminders that wait.
         */
        FeeSchedule: {
            /** Asked */
            asked: string;
            /** Currency */
            currency: string;
            /** Fees */
            fees: components["schemas"]["FeeRow"][];
            /** Open */
            open: string;
            /** Reminders */
            reminders: components["schemas"]["PlanRow"][];
            /** Term */
            term: string;
        };
        /** Feedback */
        Feedback: {
            /** Rating */
            rating: ("up" | "down") | null;
            /** Reason */
            reason?: string | null;
        };
        /** FeedbackLine */
        FeedbackLine: {
            /** Answer */
            answer: string;
            /** At */
            at: string;
            /** Rating */
            rating: string;
            /** Reason */
            reason: string | null;
            /** Said */
            said: string;
            /** Who */
            who: string;
        };
        /**
         * FeedbackList
         * @description What people thought of the assistant's answers.
         */
        FeedbackList: {
            /** Lines */
            lines: components["schemas"]["FeedbackLine"][];
        };
        /** FieldError */
        FieldError: {
            /** Field */
            field: string;
            /** Message */
            message: string;
        };
        /**
         * FiguresKind
         * @description What a file holds. `totals` has a row for each student, subject and term.
         * @enum {string}
         */
        FiguresKind: "dashboard" | "students" | "attendance" | "grades" | "courses" | "totals";
        /** FileLink */
        FileLink: {
            /** Mediatype */
            mediaType: string;
            /** Name */
            name: string;
            /** Size */
            size?: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "file";
            /** Url */
            url: string;
        };
        /**
         * Finding
         * @description One thing to look at, before somebody's guardian does.
         */
        Finding: {
            /** @description Whose remark it is about, where it is about one. */
            author?: components["schemas"]["Author"] | null;
            fault: components["schemas"]["CardFault"];
            /** Fix */
            fix: string;
            /** Message */
            message: string;
            /**
             * Student
             * @description The student, or the class for what concerns all.
             */
            student: string;
            /** Studentid */
            studentId: string | null;
        };
        /** GenerateQuestionsArguments */
        GenerateQuestionsArguments: {
            /**
             * Count
             * @description How many questions.
             * @default 10
             */
            count?: number;
            /** @default medium */
            difficulty?: components["schemas"]["Difficulty"];
            /** Level */
            level?: string | null;
            /**
             * Mix
             * @description Proportions of multiple_choice, short and structured, default 4 : 3 : 3; how many of each when they add up to more than count.
             */
            mix?: {
                [key: string]: number;
            } | null;
            /**
             * Seed
             * @description The same seed and documents give the same paper.
             * @default 1
             */
            seed?: number;
            /** Subject */
            subject: string;
            /** Term */
            term?: string | null;
            /**
             * Topic
             * @description The topic, such as Quadratic Equations.
             */
            topic: string;
        };
        /** GenerateReportCardsArguments */
        GenerateReportCardsArguments: {
            /** Classarm */
            classArm?: string | null;
            /**
             * Session
             * @description Session; needed only to tell terms apart.
             */
            session?: string | null;
            /** Studentids */
            studentIds?: string[] | null;
            /**
             * Term
             * @description Term by name or id; default this term.
             */
            term?: string | null;
        };
        /** GenerateTimetableArguments */
        GenerateTimetableArguments: {
            /**
             * Breaks
             * @description Breaks: a closed `period`, or a pause `afterPeriod`.
             */
            breaks?: components["schemas"]["Break"][] | null;
            /** @description Wishes and assignments; what is left out is taken from the school's record. */
            constraints?: components["schemas"]["TimetableConstraints"] | null;
            /**
             * Daysperweek
             * @description Days in the week, 1 to 7.
             */
            daysPerWeek?: number | null;
            /** Keeplockedof */
            keepLockedOf?: string | null;
            /**
             * Name
             * @description Name of the new timetable.
             * @default Timetable
             */
            name?: string;
            /**
             * Periodduration
             * @description Length of a period, minutes.
             */
            periodDuration?: number | null;
            /**
             * Periodsperday
             * @description Periods in a day, 1 to 30.
             */
            periodsPerDay?: number | null;
            /** Schoolid */
            schoolId?: string | null;
            /**
             * Seconds
             * @description How long to look for a better timetable, seconds.
             * @default 30
             */
            seconds?: number;
            /**
             * Seed
             * @description Another seed, another timetable.
             * @default 1
             */
            seed?: number;
            /** Sessionid */
            sessionId?: string | null;
        };
        /**
         * GivenBand
         * @description A grade and the lowest total that earns it.
         */
        GivenBand: {
            /**
             * Frompercent
             * @description The lowest total that earns it, 0 to 100.
             */
            fromPercent: number | string;
            /**
             * Grade
             * @description Such as A1 or B.
             */
            grade: string;
            /**
             * Remark
             * @description Such as Excellent.
             * @default
             */
            remark?: string;
        };
        /** GradeCount */
        GradeCount: {
            /** Grade */
            grade: string;
            /**
             * Share
             * @description Percent, 0 to 100, two decimals.
             */
            share: number;
            /** Students */
            students: number;
        };
        /**
         * GradeDistributions
         * @description How many of each grade, over all, by class and by subject.
         */
        GradeDistributions: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** Classes */
            classes: components["schemas"]["ClassGrades"][];
            covered: components["schemas"]["Covered"];
            /** Subjects */
            subjects: components["schemas"]["SubjectGrades"][];
            /** @description Every total of every subject: a student counts once in each. */
            together: components["schemas"]["Distribution"];
        };
        /**
         * GradingScales
         * @description The school's grading scale and those of levels that have their own.
         */
        GradingScales: {
            /** Scales */
            scales: components["schemas"]["Scale"][];
        };
        /**
         * GridCover
         * @description A lesson that a colleague takes on a day of this week.
         */
        GridCover: {
            /** Absent */
            absent: string;
            /** Cover */
            cover: string;
            /** Lesson */
            lesson: string;
            /**
             * On
             * Format: date
             */
            on: string;
        };
        /**
         * GroupErrors
         * @description Errors in one group of students; no model sees the group.
         */
        GroupErrors: {
            /**
             * Falsealarms
             * @description Share flagged of those who ended well.
             */
            falseAlarms: number | null;
            /**
             * Flagged
             * @description Share flagged, 0..1.
             */
            flagged: number;
            /** Group */
            group: string;
            /**
             * Missed
             * @description Share not flagged of those who ended badly.
             */
            missed: number | null;
            /** Prevalence */
            prevalence: number;
            /** Students */
            students: number;
            /** Value */
            value: string;
        };
        /**
         * Held
         * @description A student whose card is on hold.
         */
        Held: {
            /** Reason */
            reason: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Student */
            student: string;
            /**
             * Studentid
             * Format: uuid
             */
            studentId: string;
            /** Studentno */
            studentNo: string;
        };
        /**
         * HoldList
         * @description The students whose cards are on hold.
         */
        HoldList: {
            /** Active */
            active: boolean;
            /** Items */
            items: components["schemas"]["Held"][];
            /** Label */
            label: string;
        };
        /**
         * Inbox
         * @description Conversations that wait for a person, and those somebody has.
         */
        Inbox: {
            /** Items */
            items: components["schemas"]["Waiting"][];
        };
        /** InstallLink */
        InstallLink: {
            /** Url */
            url: string;
        };
        /** KeyList */
        KeyList: {
            /** Items */
            items: components["schemas"]["KeyOut"][];
        };
        /** KeyOut */
        KeyOut: {
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Expiresat */
            expiresAt: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Lastusedat */
            lastUsedAt: string | null;
            /** Name */
            name: string;
            /** Prefix */
            prefix: string;
            /** Scopes */
            scopes: string[];
        };
        /**
         * LessonCell
         * @description One lesson in a grid. `day` and `period` count from 1.
         */
        LessonCell: {
            /** Classarmids */
            classArmIds: string[];
            /** Classarms */
            classArms: string[];
            /** Day */
            day: number;
            /** Duration */
            duration: number;
            /** Key */
            key: string;
            /** Label */
            label: string;
            /** Locked */
            locked: boolean;
            /** Period */
            period: number;
            /** Room */
            room: string | null;
            /** Subject */
            subject: string;
            /** Teacherids */
            teacherIds: string[];
            /** Teachers */
            teachers: string[];
        };
        /**
         * LessonPlace
         * @description A time for the lesson. With `conflicts` it cannot go there.
         */
        LessonPlace: {
            /** Conflicts */
            conflicts: string[];
            /** Costchange */
            costChange: number;
            /** Day */
            day: number;
            /**
             * Others
             * @description Lessons that would make way, with their new times.
             */
            others: string[];
            /** Period */
            period: number;
            /** When */
            when: string;
        };
        /**
         * LessonPlaces
         * @description Every time a lesson could be at.
         */
        LessonPlaces: {
            /** Label */
            label: string;
            /** Lesson */
            lesson: string;
            /** Now */
            now: string;
            /** Places */
            places: components["schemas"]["LessonPlace"][];
            /**
             * Timetableid
             * Format: uuid
             */
            timetableId: string;
            /** Version */
            version: number;
        };
        /**
         * LessonSlot
         * @description A lesson by its time and class, or by its key. Days and periods count from 1.
         */
        LessonSlot: {
            /** Classarm */
            classArm?: string | null;
            /** Day */
            day: number;
            /**
             * Lesson
             * @description Key of the lesson, where the class is not enough.
             */
            lesson?: string | null;
            /** Period */
            period: number;
        };
        /** LockLessonsArgumentsBody */
        LockLessonsArgumentsBody: {
            /** Classarm */
            classArm?: string | null;
            /**
             * Lessons
             * @description Keys of lessons.
             */
            lessons?: string[] | null;
            /**
             * Locked
             * @default true
             */
            locked?: boolean;
            /** Subject */
            subject?: string | null;
        };
        /**
         * LoggedDelivery
         * @description One delivery as the log shows it; the address is masked.
         */
        LoggedDelivery: {
            /** Address */
            address: string;
            /** Attempts */
            attempts: number;
            /** Channel */
            channel: string;
            /**
             * Cost
             * @description Money in the school's currency.
             */
            cost: number;
            /** Deliveredat */
            deliveredAt: string | null;
            /**
             * Eventid
             * Format: uuid
             */
            eventId: string;
            /** Eventtype */
            eventType: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Personid
             * Format: uuid
             */
            personId: string;
            /** Provider */
            provider: string | null;
            /**
             * Queuedat
             * Format: date-time
             */
            queuedAt: string;
            /** Reason */
            reason: string;
            /** Received */
            received: boolean;
            /** Segments */
            segments: number;
            /** Sentat */
            sentAt: string | null;
            /** State */
            state: string;
            /** Statewords */
            stateWords: string;
            /** Students */
            students: string[];
            /** Title */
            title: string;
            /** What */
            what: string;
            /** Who */
            who: string;
        };
        /** LowAttendance */
        LowAttendance: {
            /** Absent */
            absent: number;
            /** Excused */
            excused: number;
            /** Late */
            late: number;
            /**
             * Level
             * @description warning or urgent, by the school's own thresholds.
             */
            level: string;
            /** Present */
            present: number;
            /**
             * Rate
             * @description Present and late over all days but excused ones.
             */
            rate: number | null;
            student: components["schemas"]["Named"];
        };
        /** MadeKey */
        MadeKey: {
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Expiresat */
            expiresAt: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Key
             * @description The secret. It is not shown again.
             */
            key: string;
            /** Lastusedat */
            lastUsedAt: string | null;
            /** Name */
            name: string;
            /** Prefix */
            prefix: string;
            /** Scopes */
            scopes: string[];
        };
        /**
         * MarkPoint
         * @description What earns marks.
         */
        MarkPoint: {
            /** Marks */
            marks: number;
            /** Text */
            text: string;
        };
        /** Me */
        Me: {
            /** Permissions */
            permissions: string[];
            school: components["schemas"]["SchoolOut"];
            user: components["schemas"]["UserOut"];
        };
        /** Message */
        Message: {
            /** Createdat */
            createdAt: string;
            /** Feedback */
            feedback?: {
                [key: string]: unknown;
            } | null;
            /** Id */
            id: string;
            /** Parts */
            parts: {
                [key: string]: unknown;
            }[];
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
        };
        /**
         * MessageCosts
         * @description `plain_letters`: odd characters are written the nearest plain way, so that a segment holds 160. Prices are the school's, or list prices.
         */
        MessageCosts: {
            /** Currency */
            currency: string;
            /** Plainletters */
            plainLetters: boolean;
            /** Sms */
            sms: string;
            /** Whatsapp */
            whatsapp: string;
        };
        /**
         * MessageSample
         * @description The words that will go out on one channel.
         */
        MessageSample: {
            /** Channel */
            channel: string;
            /**
             * Cost
             * @default 0
             */
            cost?: number;
            /**
             * Recipients
             * @default 0
             */
            recipients?: number;
            /**
             * Segments
             * @default 1
             */
            segments?: number;
            /** Text */
            text: string;
        };
        /**
         * MessageSettings
         * @description Quiet hours and the channels of each kind of message.
         */
        MessageSettings: {
            costs: components["schemas"]["MessageCosts"];
            /** Orders */
            orders: components["schemas"]["ChannelOrder"][];
            quiet: components["schemas"]["QuietHours"] | null;
            /** Rows */
            rows: {
                [key: string]: string;
            }[];
        };
        /**
         * ModelCard
         * @description A version's card: what it learned on, how good it is, whom its errors fall on, and its limits.
         */
        ModelCard: {
            card: components["schemas"]["Card"] | null;
            drift: components["schemas"]["Drift"] | null;
            /** Sha256 */
            sha256: string;
            /** State */
            state: string;
            /** Threshold */
            threshold: number | null;
            /**
             * Told
             * @description What is used now, and why, in words.
             */
            told: string;
            /** Trainedat */
            trainedAt: string | null;
            /**
             * Version
             * @description 0 is the rule.
             */
            version: number;
        };
        /**
         * ModelVersion
         * @description One version in a line.
         */
        ModelVersion: {
            /**
             * Baseline
             * @description PR-AUC of the better baseline.
             */
            baseline: number;
            /** Capacity */
            capacity: number;
            /** Decision */
            decision: string;
            /** Judgedon */
            judgedOn: string;
            /** Prauc */
            prAuc: number;
            /** Sha256 */
            sha256: string;
            /** State */
            state: string;
            /**
             * Trainedat
             * Format: date-time
             */
            trainedAt: string;
            /** Version */
            version: number;
        };
        /**
         * ModelVersions
         * @description Every version, newest first, and which serves.
         */
        ModelVersions: {
            /**
             * Serving
             * @description Version that serves; 0 is the rule.
             */
            serving: number;
            /** Versions */
            versions: components["schemas"]["ModelVersion"][];
        };
        /** MoveLessonArgumentsBody */
        MoveLessonArgumentsBody: {
            /**
             * Day
             * @description Day from 1.
             */
            day: number;
            lesson: components["schemas"]["LessonSlot"];
            /**
             * Makeway
             * @description Let at most two other lessons go elsewhere where that makes it possible.
             * @default false
             */
            makeWay?: boolean;
            /**
             * Period
             * @description Period from 1.
             */
            period: number;
            /**
             * Room
             * @description Room; default a free one it may use.
             */
            room?: string | null;
        };
        /** Named */
        Named: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /** NewKey */
        NewKey: {
            /**
             * Expireson
             * @description Its last day, in the school's time zone; none: no end.
             */
            expiresOn?: string | null;
            /** Name */
            name: string;
            /**
             * Scopes
             * @description Permissions such as scores:read, or *.
             */
            scopes: string[];
        };
        /** NewPin */
        NewPin: {
            /**
             * Pin
             * @description Four digits.
             */
            pin: string;
        };
        /** Notice */
        Notice: {
            /** Text */
            text: string;
            /**
             * Tone
             * @default info
             * @enum {string}
             */
            tone?: "info" | "warning" | "success" | "danger";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "notice";
        };
        /**
         * OptionsView
         * @description The school's report card options.
         */
        OptionsView: {
            /** Logofileid */
            logoFileId: string | null;
            options: components["schemas"]["ReportOptions"];
            /** Schoolcolour */
            schoolColour: string;
        };
        /**
         * Origin
         * @description Where a question comes from: a checked generator, the curriculum's own sentences, a hosted model, or an edit.
         * @enum {string}
         */
        Origin: "parametric" | "composed" | "model" | "edited";
        /**
         * OwingList
         * @description Who owes, most first.
         */
        OwingList: {
            /** Accounts */
            accounts: components["schemas"]["Account"][];
            /** Currency */
            currency: string;
            /** Overdue */
            overdue: string;
            /** Total */
            total: string;
        };
        /** Page */
        Page: {
            /** Items */
            items: components["schemas"]["Shown"][];
            /** Limit */
            limit: number;
            /** Page */
            page: number;
            /** Total */
            total: number;
            /** Unread */
            unread: number;
        };
        /**
         * Parallel
         * @description Subjects a class chooses between: taught at the same time, each to its part of the class.
         */
        Parallel: {
            /** Classarmids */
            classArmIds: string[];
            /** Subjectids */
            subjectIds: string[];
        };
        /**
         * PassageText
         * @description A passage as it stands in the document; `lit` is the one a citation names.
         */
        PassageText: {
            /**
             * Lit
             * @default false
             */
            lit?: boolean;
            /** Page */
            page: number | null;
            /**
             * Passageid
             * Format: uuid
             */
            passageId: string;
            /** Path */
            path: string[];
            /** Text */
            text: string;
        };
        /** Payment */
        Payment: {
            /**
             * Amount
             * @description Money in the school's currency.
             */
            amount: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Method */
            method: string;
            /**
             * Paidon
             * Format: date
             */
            paidOn: string;
            /** Reference */
            reference: string | null;
        };
        /** People */
        People: {
            /** Items */
            items: components["schemas"]["PersonItem"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people";
        };
        /** PeriodTimes */
        PeriodTimes: {
            /**
             * Beginsat
             * Format: time
             */
            beginsAt: string;
            /**
             * Endsat
             * Format: time
             */
            endsAt: string;
            /** Period */
            period: number;
        };
        /** PersonItem */
        PersonItem: {
            /** Id */
            id: string;
            /**
             * Kind
             * @default student
             */
            kind?: string;
            /** Name */
            name: string;
            /** Photourl */
            photoUrl?: string | null;
            /**
             * Subtitle
             * @default
             */
            subtitle?: string;
        };
        /**
         * Phone
         * @description A phone in the sandbox: whose it is, and what came last.
         */
        Phone: {
            /** Children */
            children: string[];
            /** Kind */
            kind: string;
            /** Lastat */
            lastAt: string | null;
            /** Lasttext */
            lastText: string | null;
            /** Name */
            name: string;
            /** Number */
            number: string;
            /** Unread */
            unread: number;
        };
        /**
         * PhoneMessage
         * @description A message as a phone shows it.
         */
        PhoneMessage: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Channel */
            channel: string;
            /** Direction */
            direction: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            /** Status */
            status: string;
            /** Subject */
            subject: string;
            /** Text */
            text: string;
        };
        /** PhonePin */
        PhonePin: {
            /** Isset */
            isSet: boolean;
            /**
             * Phone
             * @description The number on the person's record.
             */
            phone: string | null;
        };
        /** PhoneThread */
        PhoneThread: {
            /** Items */
            items: components["schemas"]["PhoneMessage"][];
        };
        /** Phones */
        Phones: {
            /** Items */
            items: components["schemas"]["Phone"][];
        };
        /** PlanRow */
        PlanRow: {
            /** Fee */
            fee: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Sendon
             * Format: date
             */
            sendOn: string;
        };
        /**
         * Preference
         * @description One choice: whether a kind of event comes on a channel. `chosen` is false while the school's default stands.
         */
        Preference: {
            /** Channel */
            channel: string;
            /**
             * Chosen
             * @default false
             */
            chosen?: boolean;
            /** Enabled */
            enabled: boolean;
            /** Eventtype */
            eventType: string;
        };
        /** PreferenceChoice */
        PreferenceChoice: {
            /** Channel */
            channel: string;
            /**
             * Enabled
             * @description null goes back to the school's default.
             */
            enabled: boolean | null;
            /**
             * Eventtype
             * @description A type of event, or * for all of them.
             */
            eventType: string;
        };
        /** PreferenceChoices */
        PreferenceChoices: {
            /** Items */
            items: components["schemas"]["PreferenceChoice"][];
        };
        /** Preferences */
        Preferences: {
            /** Items */
            items: components["schemas"]["Preference"][];
        };
        /**
         * PreferredSlot
         * @description Lessons of a subject, a teacher or a class (those named) go into these times; with `avoid`, not into them.
         */
        PreferredSlot: {
            /**
             * Avoid
             * @default false
             */
            avoid?: boolean;
            /** Classarmid */
            classArmId?: string | null;
            /**
             * Days
             * @default []
             */
            days?: number[];
            /**
             * Must
             * @default false
             */
            must?: boolean;
            /**
             * Periods
             * @default []
             */
            periods?: number[];
            /** Subjectid */
            subjectId?: string | null;
            /** Teacherid */
            teacherId?: string | null;
            /**
             * Weight
             * @description How much it matters; 1 is usual, 2 matters twice as much.
             * @default 1
             */
            weight?: number;
        };
        /** Presences */
        Presences: {
            /** Absent */
            absent: number;
            /** Excused */
            excused: number;
            /** Late */
            late: number;
            /** Present */
            present: number;
            /**
             * Rate
             * @description Present and late over all days but excused ones.
             */
            rate: number | null;
        };
        /**
         * Preview
         * @description Exactly what will happen, before it does. `state` is what it rests on: it moves, the approval goes stale.
         */
        Preview: {
            /** Blocks */
            blocks?: (components["schemas"]["Text"] | components["schemas"]["Facts"] | components["schemas"]["Table"] | components["schemas"]["People"] | components["schemas"]["Chart"] | components["schemas"]["FileLink"] | components["schemas"]["Progress"] | components["schemas"]["Citations"] | components["schemas"]["Choices"] | components["schemas"]["Errors"] | components["schemas"]["Notice"])[];
            cost?: components["schemas"]["Cost"] | null;
            /** Excluded */
            excluded?: components["schemas"]["Excluded"][];
            /**
             * Included
             * @default 0
             */
            included?: number;
            /** Messages */
            messages?: components["schemas"]["MessageSample"][];
            /** Summary */
            summary: string;
            /** Title */
            title: string;
            /** Warnings */
            warnings?: string[];
        };
        /**
         * Problem
         * @description Problem details (RFC 9457), with our stable `code`.
         */
        Problem: {
            /** Candidates */
            candidates?: {
                [key: string]: unknown;
            }[] | null;
            /**
             * Code
             * @description Stable name for programs.
             */
            code: string;
            /**
             * Detail
             * @description What happened and what to do, for people.
             */
            detail: string;
            /** Errors */
            errors?: components["schemas"]["FieldError"][] | null;
            /** Requestid */
            requestId: string;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /**
             * Type
             * @description Address of the error's description.
             */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /** Progress */
        Progress: {
            /** Runid */
            runId: string;
            /** Title */
            title: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "progress";
        };
        /**
         * Proposal
         * @description An action to be previewed and decided later.
         */
        Proposal: {
            /** Arguments */
            arguments?: {
                [key: string]: unknown;
            };
            /** Capability */
            capability: string;
        };
        /** ProviderOut */
        ProviderOut: {
            /** Channel */
            channel: string;
            /** Provider */
            provider: string;
            /** Secrets */
            secrets: string[];
        };
        /** PublishTimetableArgumentsBody */
        PublishTimetableArgumentsBody: {
            /**
             * Startson
             * @description First day it counts, YYYY-MM-DD; a weekday means the next one; default today.
             */
            startsOn?: string | null;
        };
        /**
         * Quality
         * @description One way to predict, on the session held out.
         */
        Quality: {
            /** Brier */
            brier: number | null;
            /**
             * Calibrationerror
             * @description Expected, over ten bins; null when it gives no probability.
             */
            calibrationError: number | null;
            /**
             * F1
             * @description Of flagging as many as the school can help.
             */
            f1: number;
            /** Name */
            name: string;
            /**
             * Prauc
             * @description Area under precision and recall; prevalence is what chance gets.
             */
            prAuc: number;
            /** Precisionatcapacity */
            precisionAtCapacity: number;
            /** Recallatcapacity */
            recallAtCapacity: number;
            /** Rocauc */
            rocAuc: number;
        };
        /**
         * Question
         * @description One question. `options` are only of multiple choice; the marks of the scheme add up to `marks`.
         */
        Question: {
            /** Answer */
            answer: string;
            difficulty: components["schemas"]["Difficulty"];
            kind: components["schemas"]["QuestionKind"];
            /** Marks */
            marks: number;
            /** Objective */
            objective?: string | null;
            /**
             * Options
             * @default []
             */
            options?: string[];
            origin: components["schemas"]["Origin"];
            /** Scheme */
            scheme: components["schemas"]["MarkPoint"][];
            source?: components["schemas"]["Source"] | null;
            /** Text */
            text: string;
        };
        /**
         * QuestionKind
         * @enum {string}
         */
        QuestionKind: "multiple_choice" | "short" | "structured";
        /**
         * QuestionPaper
         * @description A paper: its questions in order, with answers and marking schemes that add up.
         */
        QuestionPaper: {
            /** Basedon */
            basedOn: string[];
            difficulty: components["schemas"]["Difficulty"];
            /** Files */
            files: {
                [key: string]: string;
            };
            /** Level */
            level: string | null;
            /** Marks */
            marks: number;
            /** Questions */
            questions: components["schemas"]["Question"][];
            /** Seed */
            seed: number;
            /** Subject */
            subject: string;
            /** Title */
            title: string;
            /** Topic */
            topic: string;
            /** Warnings */
            warnings: string[];
        };
        /** QuietHours */
        QuietHours: {
            /**
             * Begin
             * Format: time
             */
            begin: string;
            /**
             * End
             * Format: time
             */
            end: string;
        };
        /**
         * QuoteItem
         * @description Words of a document and where they stand.
         */
        QuoteItem: {
            /**
             * Changedat
             * Format: date-time
             */
            changedAt: string;
            /**
             * Documentid
             * Format: uuid
             */
            documentId: string;
            /** Page */
            page: number | null;
            /** Path */
            path: string[];
            /**
             * Sentence
             * @description The one sentence that fits best.
             */
            sentence: string;
            /** Text */
            text: string;
            /** Title */
            title: string;
            /** Url */
            url: string;
        };
        /**
         * Reading
         * @description A document that is being read; the run tells how far.
         */
        Reading: {
            /**
             * Documentid
             * Format: uuid
             */
            documentId: string;
            /**
             * Runid
             * Format: uuid
             */
            runId: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /** ReleaseReportCardsArgumentsBody */
        ReleaseReportCardsArgumentsBody: {
            /**
             * Releaseon
             * @description First day guardians may see them, YYYY-MM-DD; default now.
             */
            releaseOn?: string | null;
            /**
             * Term
             * @description Term by name or id; default this term.
             */
            term?: string | null;
        };
        /** RemarkCell */
        RemarkCell: {
            /** Origin */
            origin: string | null;
            /** Text */
            text: string;
        };
        /**
         * RemarkRow
         * @description One student: the figures a remark is written from, and the remarks.
         */
        RemarkRow: {
            /** Attendance */
            attendance: number | null;
            /** Average */
            average: number | null;
            classTeacher: components["schemas"]["RemarkCell"];
            /** Findings */
            findings: components["schemas"]["Finding"][];
            /** Gender */
            gender: string | null;
            /** Grade */
            grade: string | null;
            /** Name */
            name: string;
            /** Position */
            position: number | null;
            principal: components["schemas"]["RemarkCell"];
            /**
             * Studentid
             * Format: uuid
             */
            studentId: string;
            /** Studentno */
            studentNo: string;
        };
        /**
         * RemarksView
         * @description Every remark of a class beside its figures, with what the proof-reader found.
         */
        RemarksView: {
            /** Classfindings */
            classFindings: components["schemas"]["Finding"][];
            /** Label */
            label: string;
            reports: components["schemas"]["ClassReports"];
            /** Rows */
            rows: components["schemas"]["RemarkRow"][];
            /**
             * Termid
             * Format: uuid
             */
            termId: string;
            /** Termlabel */
            termLabel: string;
            /** Terms */
            terms: components["schemas"]["TermChoice"][];
        };
        /** ReplayWebhookMessagesArguments */
        ReplayWebhookMessagesArguments: {
            /** Webhook */
            webhook?: string | null;
        };
        /**
         * ReportJob
         * @description A batch of report cards and how far it is.
         */
        ReportJob: {
            /**
             * Downloadurl
             * @description The ZIP, once completed; the link works for 24 hours.
             */
            downloadUrl: string | null;
            /** Failed */
            failed: components["schemas"]["FailedCard"][];
            /**
             * Jobid
             * Format: uuid
             */
            jobId: string;
            /** Message */
            message: string;
            /** Progress */
            progress: number;
            /**
             * Status
             * @description queued, processing, completed, failed or cancelled.
             */
            status: string;
            /** Title */
            title: string;
            /** Total */
            total: number;
        };
        /**
         * ReportOptions
         * @description Every option of a school's report cards. What is not set keeps its default.
         */
        ReportOptions: {
            /**
             * Chain
             * @default [
             *       "class_teacher",
             *       "head"
             *     ]
             */
            chain?: components["schemas"]["Step"][];
            /**
             * Colour
             * @description Accent, `#rrggbb`; empty: the school's colour.
             */
            colour?: string | null;
            /**
             * Conduct
             * @default [
             *       "Punctuality",
             *       "Neatness",
             *       "Politeness",
             *       "Honesty",
             *       "Attentiveness",
             *       "Leadership"
             *     ]
             */
            conduct?: string[];
            /**
             * Customcss
             * @default
             */
            customCss?: string;
            /**
             * Font
             * @default sans
             * @enum {string}
             */
            font?: "sans" | "serif";
            /**
             * Gradingkey
             * @description `full`: ranges and words; `short`: ranges alone; `hidden`: none.
             * @default full
             * @enum {string}
             */
            gradingKey?: "full" | "short" | "hidden";
            /**
             * Holdforfees
             * @description Cards of students on hold are not released to guardians.
             * @default false
             */
            holdForFees?: boolean;
            /**
             * Layout
             * @default classic
             * @enum {string}
             */
            layout?: "classic" | "modern";
            /**
             * Missingscores
             * @description A component not recorded: `count_as_zero` adds nothing to the total; `leave_out` keeps the whole subject out of the averages and positions until it is complete.
             * @default count_as_zero
             * @enum {string}
             */
            missingScores?: "count_as_zero" | "leave_out";
            /**
             * Principalname
             * @default
             */
            principalName?: string;
            /** Principalsignaturefileid */
            principalSignatureFileId?: string | null;
            /**
             * Principaltitle
             * @default Principal
             */
            principalTitle?: string;
            /**
             * Promotionaverage
             * @description Cumulative average that promotes, percent.
             * @default 45
             */
            promotionAverage?: number;
            /**
             * Promotionfailedatmost
             * @description Failed subjects that still promote.
             * @default 4
             */
            promotionFailedAtMost?: number;
            /**
             * Showlevelposition
             * @default true
             */
            showLevelPosition?: boolean;
            /**
             * Showphoto
             * @default false
             */
            showPhoto?: boolean;
            /**
             * Showpositions
             * @default true
             */
            showPositions?: boolean;
            /**
             * Showtrend
             * @default true
             */
            showTrend?: boolean;
            /**
             * Showverification
             * @default true
             */
            showVerification?: boolean;
            /**
             * Skills
             * @default [
             *       "Handwriting",
             *       "Verbal fluency",
             *       "Sports",
             *       "Drawing",
             *       "Handling of tools",
             *       "Music"
             *     ]
             */
            skills?: string[];
            /**
             * Teachersignatures
             * @description Class teacher -> file of the signature.
             * @default {}
             */
            teacherSignatures?: {
                [key: string]: string;
            };
            /**
             * Template
             * @description The school's own Jinja2 template; empty: layout.
             * @default
             */
            template?: string;
        };
        /** Requester */
        Requester: {
            /** Name */
            name: string;
            /** Role */
            role: string;
        };
        /** RiskEntry */
        RiskEntry: {
            classArm: components["schemas"]["Named"];
            /**
             * Reason
             * @description The weightiest reason, in the student's own figures.
             */
            reason: string;
            /** Recommendation */
            recommendation: string;
            /** Risklevel */
            riskLevel: string;
            /** Riskscore */
            riskScore: number;
            student: components["schemas"]["Named"];
        };
        /**
         * RiskExplained
         * @description A student's risk, every reason, and what would change it.
         */
        RiskExplained: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** Basis */
            basis: string;
            classArm: components["schemas"]["Named"];
            /** Contributingfactors */
            contributingFactors: components["schemas"]["Factor"][];
            /** Method */
            method: string;
            /** Modelversion */
            modelVersion: number;
            /** Recommendation */
            recommendation: string;
            /** Risklevel */
            riskLevel: string;
            /** Riskscore */
            riskScore: number;
            student: components["schemas"]["Named"];
            /** Term */
            term: string;
            /** Whatwouldchangeit */
            whatWouldChangeIt: string;
        };
        /**
         * RiskOverview
         * @description For staff only. `as_of` is when the risks were worked out.
         */
        RiskOverview: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /**
             * Basis
             * @description model or rule.
             */
            basis: string;
            /** High */
            high: number;
            /** Low */
            low: number;
            /** Medium */
            medium: number;
            /** Method */
            method: string;
            /**
             * Mosturgent
             * @description High and medium risk, most urgent first; at most 10.
             */
            mostUrgent: components["schemas"]["RiskEntry"][];
            /** Withoutscores */
            withoutScores: number;
        };
        /**
         * RoomConstraint
         * @description A subject needs one of these rooms, or any room of a kind; or `at_once` of them at the same time.
         */
        RoomConstraint: {
            /**
             * Atonce
             * @description Rooms that each lesson takes at the same time.
             * @default 1
             */
            atOnce?: number;
            /** Classarmid */
            classArmId?: string | null;
            /** Kind */
            kind?: string | null;
            /** Roomid */
            roomId?: string | null;
            /**
             * Roomids
             * @default []
             */
            roomIds?: string[];
            /** Subjectid */
            subjectId: string;
        };
        /** RoomGiven */
        RoomGiven: {
            /** Campus */
            campus?: string | null;
            /** Capacity */
            capacity?: number | null;
            /** Id */
            id: string;
            /** Kind */
            kind?: string | null;
            /**
             * Unavailable
             * @default []
             */
            unavailable?: components["schemas"]["When"][];
        };
        /** Rotation */
        Rotation: {
            /**
             * Overlaphours
             * @description How long the old key still works, hours.
             * @default 24
             */
            overlapHours?: number;
        };
        /** Runs */
        Runs: {
            /** Items */
            items: components["schemas"]["ShownRun"][];
        };
        /**
         * Scale
         * @description The bands of the school, or of one level that has its own; best first.
         */
        Scale: {
            /** Bands */
            bands: components["schemas"]["Band"][];
            /** Level */
            level: string | null;
            /**
             * Passpercent
             * @description Percent, 0 to 100, two decimals.
             */
            passPercent: number;
        };
        /**
         * SchoolDetails
         * @description What the school is called, where it is and how it looks.
         */
        SchoolDetails: {
            /** Address */
            address: string;
            /** Colour */
            colour: string;
            /** Currency */
            currency: string;
            /** Email */
            email: string;
            /** Locale */
            locale: string;
            /** Logourl */
            logoUrl: string | null;
            /** Motto */
            motto: string;
            /** Name */
            name: string;
            /** Phone */
            phone: string;
            /** Timezone */
            timeZone: string;
        };
        /** SchoolOut */
        SchoolOut: {
            /** Colour */
            colour: string;
            /** Currency */
            currency: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Locale */
            locale: string;
            /** Logourl */
            logoUrl?: string | null;
            /** Name */
            name: string;
            /** Slug */
            slug: string;
            /** Timezone */
            timeZone: string;
        };
        /**
         * ScoreBin
         * @description Students whose total is from `low` up to but not including `high`; the last bin includes 100.
         */
        ScoreBin: {
            /** High */
            high: number;
            /** Label */
            label: string;
            /** Low */
            low: number;
            /** Students */
            students: number;
        };
        /**
         * SecondApproval
         * @description The actions that a second person has to approve.
         */
        SecondApproval: {
            /** Capabilities */
            capabilities: string[];
        };
        /** SendInboxReplyArgumentsBody */
        SendInboxReplyArgumentsBody: {
            /**
             * Text
             * @description What to write to the guardian.
             */
            text: string;
        };
        /** SendSupportNoteArguments */
        SendSupportNoteArguments: {
            /**
             * Classarm
             * @description Without students: the most urgent of this class are meant.
             */
            classArm?: string | null;
            /**
             * Count
             * @description How many of the class, most urgent first.
             * @default 3
             */
            count?: number;
            /**
             * Students
             * @description Students whose guardians are written to.
             * @default []
             */
            students?: string[];
            /**
             * Text
             * @description The note in the sender's own words; default an invitation to talk.
             */
            text?: string | null;
        };
        /** Series */
        Series: {
            /** Name */
            name: string;
            /** Points */
            points: components["schemas"]["ChartPoint"][];
        };
        /** SetCoverArguments */
        SetCoverArguments: {
            /**
             * By
             * @description One colleague for all of it; default the best fitting for each lesson.
             */
            by?: string | null;
            /**
             * On
             * @description The day the teacher is away, YYYY-MM-DD; a weekday means the next one; default today.
             */
            on?: string | null;
            /**
             * Periods
             * @description Only the lessons that begin in these periods, from 1; default all.
             */
            periods?: number[] | null;
            /** Teacher */
            teacher: string;
        };
        /** SetDigestArguments */
        SetDigestArguments: {
            /**
             * Often
             * @description How often; default: as the school does.
             * @enum {string}
             */
            often: "daily" | "weekly" | "off" | "default";
        };
        /** SetDocumentArgumentsBody */
        SetDocumentArgumentsBody: {
            audience?: components["schemas"]["Audience"] | null;
            kind?: components["schemas"]["DocumentKind"] | null;
            /** Level */
            level?: string | null;
            /** Subject */
            subject?: string | null;
            /**
             * Termnumber
             * @description Number of the term it is for.
             */
            termNumber?: number | null;
            /**
             * Title
             * @description Title; default its own.
             */
            title?: string | null;
        };
        /** SetFeeArguments */
        SetFeeArguments: {
            /**
             * Amount
             * @description Money in the school's currency.
             */
            amount: number | string;
            /**
             * Classarms
             * @description Class arms it is for; none: the whole school.
             * @default []
             */
            classArms?: string[];
            /**
             * Due
             * Format: date
             * @description The day it is due, YYYY-MM-DD.
             */
            due: string;
            /**
             * Fee
             * @description What the fee is for, such as Tuition.
             */
            fee: string;
            /** Term */
            term?: string | null;
        };
        /** SetGradingScaleArguments */
        SetGradingScaleArguments: {
            /**
             * Bands
             * @description All grades; the lowest starts at 0.
             */
            bands: components["schemas"]["GivenBand"][];
            /**
             * Level
             * @description Only for this level; leave out for the whole school.
             */
            level?: string | null;
            /**
             * Passpercent
             * @description The lowest total that passes, in percent.
             * @default 40
             */
            passPercent?: number | string;
        };
        /** SetMessageTemplateArgumentsBody */
        SetMessageTemplateArgumentsBody: {
            /**
             * Body
             * @description Words with {{ facts }} in Jinja2; leave out to go back to the default.
             */
            body?: string | null;
            /**
             * Language
             * @description Language code such as en or fr.
             * @default en
             */
            language?: string;
            /**
             * Subject
             * @description Subject, for e-mail and the app.
             * @default
             */
            subject?: string;
        };
        /** SetRemarkArgumentsBody */
        SetRemarkArgumentsBody: {
            /**
             * @description class_teacher (default) or principal.
             * @default class_teacher
             */
            author?: components["schemas"]["Author"];
            /**
             * Term
             * @description Term by name or id; default this term.
             */
            term?: string | null;
            /**
             * Text
             * @description The remark; empty removes it.
             */
            text: string;
        };
        /** SetReportHoldArgumentsBody */
        SetReportHoldArgumentsBody: {
            /**
             * Reason
             * @description Why, for staff; guardians are asked to see the bursar.
             * @default
             */
            reason?: string;
            /**
             * Term
             * @description Term by name or id; default this term.
             */
            term?: string | null;
        };
        /** SetReportOptionsArguments */
        SetReportOptionsArguments: {
            /**
             * Chain
             * @description Who approves, in order; empty: nobody.
             */
            chain?: components["schemas"]["Step"][] | null;
            /**
             * Colour
             * @description Accent, #rrggbb; empty: the school's own colour.
             */
            colour?: string | null;
            /**
             * Conduct
             * @description Rated traits.
             */
            conduct?: string[] | null;
            /**
             * Customcss
             * @description The school's own CSS; nothing is fetched.
             */
            customCss?: string | null;
            /**
             * Font
             * @description sans (plain) or serif (bookish).
             */
            font?: ("sans" | "serif") | null;
            /**
             * Gradingkey
             * @description Ranges and words, ranges alone, or none.
             */
            gradingKey?: ("full" | "short" | "hidden") | null;
            /**
             * Holdforfees
             * @description Keep back the cards of students the bursar put on hold.
             */
            holdForFees?: boolean | null;
            /**
             * Layout
             * @description The layout of the cards.
             */
            layout?: ("classic" | "modern") | null;
            /**
             * Missingscores
             * @description A missing score counts as nothing, or leaves the subject out of averages.
             */
            missingScores?: ("count_as_zero" | "leave_out") | null;
            /**
             * Principalname
             * @description Name under the principal's remark.
             */
            principalName?: string | null;
            /**
             * Principaltitle
             * @description Such as Principal or Head Teacher.
             */
            principalTitle?: string | null;
            /**
             * Promotionaverage
             * @description Cumulative average that promotes, percent.
             */
            promotionAverage?: number | null;
            /**
             * Promotionfailedatmost
             * @description Failed subjects that still promote.
             */
            promotionFailedAtMost?: number | null;
            /**
             * Showlevelposition
             * @description Print the position in the whole level.
             */
            showLevelPosition?: boolean | null;
            /**
             * Showphoto
             * @description Print the student's photo.
             */
            showPhoto?: boolean | null;
            /**
             * Showpositions
             * @description Print positions in class and subjects.
             */
            showPositions?: boolean | null;
            /**
             * Showtrend
             * @description Print the trend chart.
             */
            showTrend?: boolean | null;
            /**
             * Showverification
             * @description Print the QR code and short code that prove a card genuine.
             */
            showVerification?: boolean | null;
            /**
             * Skills
             * @description Rated traits.
             */
            skills?: string[] | null;
            /**
             * Template
             * @description The school's own Jinja2 page; empty: layout.
             */
            template?: string | null;
        };
        /** SetReportPictureArgumentsBody */
        SetReportPictureArgumentsBody: {
            /**
             * Fileid
             * @description An uploaded PNG or JPEG; leave out to remove the picture.
             */
            fileId?: string | null;
            /**
             * Staff
             * @description Whose signature, for teacher_signature.
             */
            staff?: string | null;
        };
        /** SetSchoolDetailsArguments */
        SetSchoolDetailsArguments: {
            /** Address */
            address?: string | null;
            /** Colour */
            colour?: string | null;
            /** Currency */
            currency?: string | null;
            /** Email */
            email?: string | null;
            /** Locale */
            locale?: string | null;
            /** Motto */
            motto?: string | null;
            /** Name */
            name?: string | null;
            /** Phone */
            phone?: string | null;
            /** Timezone */
            timeZone?: string | null;
        };
        /** SetSecondApprovalArguments */
        SetSecondApprovalArguments: {
            /**
             * Capabilities
             * @description Capabilities, such as publish_scores; empty: none needs a second person.
             */
            capabilities: string[];
        };
        /** SetWebhookArgumentsBody */
        SetWebhookArgumentsBody: {
            /**
             * Enabled
             * @description On or off; leave out to keep.
             */
            enabled?: boolean | null;
            /**
             * Events
             * @description The events it hears of; leave out to keep.
             */
            events?: string[] | null;
        };
        /**
         * Shelf
         * @description The documents the caller may read, newest change first.
         */
        Shelf: {
            /** Documents */
            documents: components["schemas"]["DocumentItem"][];
        };
        /**
         * Shown
         * @description A notification as the bell shows it.
         */
        Shown: {
            /** Aboutstudentids */
            aboutStudentIds: string[];
            /** Body */
            body: string;
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /** Eventtype */
            eventType: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Priority */
            priority: string;
            /** Readat */
            readAt: string | null;
            /** Title */
            title: string;
        };
        /** ShownRun */
        ShownRun: {
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Done */
            done: number;
            /** Error */
            error: string | null;
            /** Finishedat */
            finishedAt: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Message */
            message: string;
            /** Result */
            result: {
                [key: string]: unknown;
            } | null;
            /** Status */
            status: string;
            /** Title */
            title: string;
            /** Total */
            total: number | null;
        };
        /**
         * SolveStep
         * @description One better timetable on the way.
         */
        SolveStep: {
            /** By */
            by: string;
            /** Elapseds */
            elapsedS: number;
            /** Hard */
            hard: number;
            /** Soft */
            soft: number;
            /** Unplaced */
            unplaced: number;
        };
        /**
         * Source
         * @description The passage a question was composed from, or where the curriculum lists the topic it was generated for.
         */
        Source: {
            /**
             * Documentid
             * Format: uuid
             */
            documentId: string;
            /** Page */
            page: number | null;
            /** Quote */
            quote: string;
            /** Title */
            title: string;
        };
        /**
         * Step
         * @description A step of the approval chain, in the order cards pass them.
         * @enum {string}
         */
        Step: "class_teacher" | "head" | "principal";
        /**
         * StudentMetric
         * @description One student; null where the record does not say.
         */
        StudentMetric: {
            /** Attendancerate */
            attendanceRate: number | null;
            /** Average */
            average: number | null;
            /**
             * Before
             * @description Average of the term before.
             */
            before: number | null;
            /** Change */
            change: number | null;
            classArm: components["schemas"]["Named"];
            /**
             * Failed
             * @description Subjects below the pass mark.
             */
            failed: number;
            /** Outof */
            outOf: number | null;
            /**
             * Position
             * @description Place in the class; ties share it.
             */
            position: number | null;
            student: components["schemas"]["Named"];
            /** Subjects */
            subjects: number;
        };
        /**
         * StudentMetrics
         * @description Students in figures, one page of them.
         */
        StudentMetrics: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** @description The students' averages. */
            averages: components["schemas"]["Distribution"];
            covered: components["schemas"]["Covered"];
            /**
             * Fallen
             * @description Down five percent points or more.
             */
            fallen: number;
            /**
             * Improved
             * @description Up five percent points or more since the term before.
             */
            improved: number;
            /**
             * Students
             * @description One page of them, in the order asked for.
             */
            students: components["schemas"]["StudentMetric"][];
            /**
             * Total
             * @description Students the filters fit.
             */
            total: number;
            /** Withoutscores */
            withoutScores: number;
        };
        /**
         * StudentSort
         * @enum {string}
         */
        StudentSort: "name" | "average" | "lowest" | "change" | "attendance";
        /** SubjectAcross */
        SubjectAcross: {
            /**
             * Averages
             * @description One for each class of `classes`; null: no totals, or too few.
             */
            averages: (number | null)[];
            subject: components["schemas"]["Named"];
            /** Together */
            together: number | null;
        };
        /**
         * SubjectAnalysis
         * @description One subject in a term: distributions, classes, components, and the terms so far.
         */
        SubjectAnalysis: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /**
             * Classes
             * @description By level and name, in no order of merit.
             */
            classes: components["schemas"]["ClassInSubject"][];
            /** Components */
            components: components["schemas"]["ComponentFigures"][];
            figures: components["schemas"]["Distribution"];
            subject: components["schemas"]["Named"];
            /** Term */
            term: string;
            /**
             * Terms
             * @description Oldest first.
             */
            terms: components["schemas"]["TermInSubject"][];
            /**
             * Withoutscores
             * @description Classes that take the subject and have no score yet.
             */
            withoutScores: components["schemas"]["Named"][];
        };
        /** SubjectCourse */
        SubjectCourse: {
            /**
             * Scores
             * @description One for each term of `terms`; null where there is none.
             */
            scores: (number | null)[];
            /** Subject */
            subject: string;
            /** Trend */
            trend: string;
        };
        /** SubjectGrades */
        SubjectGrades: {
            figures: components["schemas"]["Distribution"];
            subject: components["schemas"]["Named"];
        };
        /** SubjectOverview */
        SubjectOverview: {
            /** Average */
            average: number | null;
            /** Passrate */
            passRate: number | null;
            /** Students */
            students: number;
            subject: components["schemas"]["Named"];
        };
        /**
         * SupportNote
         * @description A note to guardians on its way.
         */
        SupportNote: {
            /** Leftout */
            leftOut: number;
            /** People */
            people: number;
            /** Students */
            students: string[];
        };
        /** Table */
        Table: {
            /** Columns */
            columns: components["schemas"]["Column"][];
            /** Rows */
            rows: {
                [key: string]: unknown;
            }[];
            /** Title */
            title?: string | null;
            /** Total */
            total?: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "table";
        };
        /** Taken */
        Taken: {
            /** Id */
            id: string;
            /**
             * Status
             * @default received
             */
            status?: string;
        };
        /**
         * TeacherAssignment
         * @description The teacher teaches the subject to the class so many periods a week. More teachers or classes share the lessons.
         */
        TeacherAssignment: {
            /** Classarmid */
            classArmId: string;
            /** Periodsperweek */
            periodsPerWeek: number;
            /** Subjectid */
            subjectId: string;
            /** Teacherid */
            teacherId: string;
            /**
             * Withclasses
             * @default []
             */
            withClasses?: string[];
            /**
             * Withteachers
             * @default []
             */
            withTeachers?: string[];
        };
        /**
         * TeacherLimits
         * @description A teacher's days and hours. `max_gaps` and `max_consecutive` are wishes; the rest must hold.
         */
        TeacherLimits: {
            /** Maxconsecutive */
            maxConsecutive?: number | null;
            /** Maxdays */
            maxDays?: number | null;
            /** Maxgaps */
            maxGaps?: number | null;
            /** Maxperday */
            maxPerDay?: number | null;
            /** Minperday */
            minPerDay?: number | null;
            /** Teacherid */
            teacherId: string;
            /**
             * Unavailable
             * @default []
             */
            unavailable?: components["schemas"]["When"][];
        };
        /**
         * Template
         * @description The words of one kind of event on one channel in one language; `own` is false for the default words.
         */
        Template: {
            /** Body */
            body: string;
            /** Channel */
            channel: string;
            /** Eventtype */
            eventType: string;
            /** Language */
            language: string;
            /** Own */
            own: boolean;
            /** Subject */
            subject: string;
        };
        /**
         * TemplateList
         * @description Templates in use.
         */
        TemplateList: {
            /** Items */
            items: components["schemas"]["Template"][];
        };
        /** TermAverage */
        TermAverage: {
            /** Average */
            average: number | null;
            /** Passrate */
            passRate: number | null;
            /** Term */
            term: string;
        };
        /** TermChoice */
        TermChoice: {
            /** Current */
            current: boolean;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Label */
            label: string;
        };
        /** TermInSubject */
        TermInSubject: {
            /** Average */
            average: number | null;
            /** Passrate */
            passRate: number | null;
            /** Students */
            students: number;
            /** Term */
            term: string;
        };
        /** TermPoint */
        TermPoint: {
            /** Average */
            average: number;
            /**
             * Position
             * @description Place in the class that term; ties share it.
             */
            position: number;
            /**
             * Sofar
             * @description The term is not over: the average is over the work given so far.
             */
            soFar: boolean;
            /** Term */
            term: string;
        };
        /** Text */
        Text: {
            /** Markdown */
            markdown: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "text";
        };
        /**
         * Thread
         * @description A conversation with its messages, oldest first.
         */
        Thread: {
            /**
             * Askedat
             * Format: date-time
             */
            askedAt: string;
            /** Channel */
            channel: string;
            /** Guardian */
            guardian: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Lastat
             * Format: date-time
             */
            lastAt: string;
            /** Lasttext */
            lastText: string;
            /** Messages */
            messages: components["schemas"]["ThreadMessage"][];
            /** Mine */
            mine: boolean;
            /** Owner */
            owner: string | null;
            /** Status */
            status: string;
        };
        /** ThreadMessage */
        ThreadMessage: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Author */
            author: string;
            /** Direction */
            direction: string;
            /** Text */
            text: string;
        };
        /**
         * TimetableComparison
         * @description What differs between two timetables.
         */
        TimetableComparison: {
            /** Differences */
            differences: components["schemas"]["DifferenceItem"][];
            /** First */
            first: string;
            /** Firstcost */
            firstCost: number;
            /** Firsthard */
            firstHard: number;
            /** Second */
            second: string;
            /** Secondcost */
            secondCost: number;
            /** Secondhard */
            secondHard: number;
        };
        /** TimetableConstraints */
        TimetableConstraints: {
            /**
             * Avoidconsecutive
             * @default []
             */
            avoidConsecutive?: string[];
            /** Classsizes */
            classSizes?: {
                [key: string]: number;
            };
            /**
             * Doubleperiods
             * @default []
             */
            doublePeriods?: components["schemas"]["DoublePeriod"][];
            /** Maxperiodsperday */
            maxPeriodsPerDay?: {
                [key: string]: number;
            };
            /**
             * Parallel
             * @default []
             */
            parallel?: components["schemas"]["Parallel"][];
            /**
             * Preferredslots
             * @default []
             */
            preferredSlots?: components["schemas"]["PreferredSlot"][];
            /**
             * Roomconstraints
             * @default []
             */
            roomConstraints?: components["schemas"]["RoomConstraint"][];
            /**
             * Rooms
             * @default []
             */
            rooms?: components["schemas"]["RoomGiven"][];
            /**
             * Teacherassignments
             * @default []
             */
            teacherAssignments?: components["schemas"]["TeacherAssignment"][];
            /**
             * Teachers
             * @default []
             */
            teachers?: components["schemas"]["TeacherLimits"][];
            /**
             * Travelperiods
             * @default 0
             */
            travelPeriods?: number;
        };
        /**
         * TimetableFiles
         * @description Where a timetable can be had as a file.
         */
        TimetableFiles: {
            /** Files */
            files: components["schemas"]["FileLink"][];
            /** Of */
            of: string;
        };
        /**
         * TimetableGrid
         * @description A timetable, whole or of one class, teacher or room, with its hours: everything a grid needs.
         */
        TimetableGrid: {
            /**
             * Closed
             * @description (day, period) from 1 in which nothing is taught.
             */
            closed: [
                number,
                number
            ][];
            /**
             * Covers
             * @description Cover in the week of today.
             */
            covers?: components["schemas"]["GridCover"][];
            /** Days */
            days: string[];
            /** Hard */
            hard: number;
            /** Lessons */
            lessons: components["schemas"]["LessonCell"][];
            /** Name */
            name: string;
            /** Of */
            of: string;
            /** Periods */
            periods: components["schemas"]["PeriodTimes"][];
            /** Soft */
            soft: number;
            /** Startson */
            startsOn: string | null;
            /** State */
            state: string;
            /**
             * Timetableid
             * Format: uuid
             */
            timetableId: string;
            /** Unplaced */
            unplaced: string[];
            /** Version */
            version: number;
        };
        /** TimetableItem */
        TimetableItem: {
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /**
             * Hard
             * @description Hard rules broken and lessons missing.
             */
            hard: number;
            /** Inforce */
            inForce: boolean;
            /**
             * Jobid
             * @description The job that works it out, or did.
             */
            jobId: string | null;
            /** Name */
            name: string;
            /**
             * Soft
             * @description Cost of the unmet wishes; lower is better.
             */
            soft: number;
            /** Startson */
            startsOn: string | null;
            /** State */
            state: string;
            /**
             * Timetableid
             * Format: uuid
             */
            timetableId: string;
        };
        /**
         * TimetableJob
         * @description A timetable being made: how far it is, and the solutions so far.
         */
        TimetableJob: {
            /**
             * Attempts
             * @description Better timetables found so far.
             */
            attempts: number;
            /**
             * Bound
             * @description Proven: no timetable costs less.
             */
            bound: number | null;
            /** Elapsed */
            elapsed: string;
            /** Elapseds */
            elapsedS: number;
            /** Error */
            error?: string | null;
            /** Hard */
            hard: number | null;
            /**
             * Jobid
             * Format: uuid
             */
            jobId: string;
            /** Name */
            name: string;
            /** Soft */
            soft: number | null;
            /** Solutions */
            solutions: components["schemas"]["SolveStep"][];
            /**
             * Status
             * @description queued, solving, succeeded, failed or cancelled.
             */
            status: string;
            /**
             * Timetableid
             * Format: uuid
             */
            timetableId: string;
        };
        /**
         * TimetableList
         * @description Timetables, the newest first.
         */
        TimetableList: {
            /** Timetables */
            timetables: components["schemas"]["TimetableItem"][];
        };
        /**
         * TimetablePublication
         * @description A timetable that counts now.
         */
        TimetablePublication: {
            /** Classes */
            classes: number;
            /** Name */
            name: string;
            /**
             * Startson
             * Format: date
             */
            startsOn: string;
            /** Teachers */
            teachers: number;
            /**
             * Timetableid
             * Format: uuid
             */
            timetableId: string;
            /**
             * Told
             * @description People who are told, by channel.
             */
            told: {
                [key: string]: number;
            };
        };
        /**
         * Tokens
         * @description Tokens of a sign-in; the refresh token is a cookie that scripts cannot read.
         */
        Tokens: {
            /** Accesstoken */
            accessToken: string;
            /**
             * Expiresin
             * @description Seconds.
             */
            expiresIn: number;
            /** Permissions */
            permissions: string[];
            school: components["schemas"]["SchoolOut"];
            /**
             * Tokentype
             * @default bearer
             */
            tokenType?: string;
            user: components["schemas"]["UserOut"];
        };
        /**
         * TopicItem
         * @description A topic and where it is taught; `identifier` is its CASE identifier.
         */
        TopicItem: {
            /** Code */
            code: string;
            /** Document */
            document: string | null;
            /** Documentid */
            documentId: string | null;
            /**
             * Identifier
             * Format: uuid
             */
            identifier: string;
            /**
             * Itemid
             * Format: uuid
             */
            itemId: string;
            /** Level */
            level: string;
            /** Objectives */
            objectives: string[];
            /** Page */
            page: number | null;
            /** Subject */
            subject: string;
            /** Termnumber */
            termNumber: number;
            /** Text */
            text: string;
            /** Url */
            url: string | null;
            /** Week */
            week: string;
        };
        /**
         * Trajectory
         * @description A student's way through the terms.
         */
        Trajectory: {
            /**
             * Asof
             * Format: date-time
             */
            asOf: string;
            /** Projectedendofyear */
            projectedEndOfYear: number | null;
            /**
             * Projectedinterval
             * @description Low and high, 80 %; null with fewer than three terms.
             */
            projectedInterval: number[] | null;
            student: components["schemas"]["Named"];
            /** Subjectbreakdown */
            subjectBreakdown: components["schemas"]["SubjectCourse"][];
            /** Terms */
            terms: components["schemas"]["TermPoint"][];
            /**
             * Trend
             * @description improving, declining, stable or unknown.
             */
            trend: string;
        };
        /** Typed */
        Typed: {
            /**
             * Channel
             * @default sms
             */
            channel?: string;
            /** Text */
            text: string;
        };
        /**
         * Undone
         * @description What was put back, and what could not be.
         */
        Undone: {
            /** Done */
            done: string;
            /** Note */
            note: string | null;
            /**
             * Undoesid
             * Format: uuid
             */
            undoesId: string;
            /** What */
            what: string;
        };
        /** UnlockReportCardsArgumentsBody */
        UnlockReportCardsArgumentsBody: {
            /**
             * Reason
             * @description What is to be mended.
             */
            reason: string;
            /**
             * Term
             * @description Term by name or id; default this term.
             */
            term?: string | null;
        };
        /** Uploaded */
        Uploaded: {
            /**
             * Fileid
             * Format: uuid
             */
            fileId: string;
            /** Mediatype */
            mediaType: string;
            /** Name */
            name: string;
            /** Size */
            size: number;
        };
        /** UsageLine */
        UsageLine: {
            /** Answers */
            answers: number;
            /** Calls */
            calls: number;
            /** Dollars */
            dollars: string;
            /** Hosted */
            hosted: number;
            /** Tokens */
            tokens: number;
            /** Who */
            who: string;
        };
        /** UserOut */
        UserOut: {
            /** Email */
            email?: string | null;
            /** Id */
            id: string | null;
            /** Name */
            name: string;
            /** Personid */
            personId: string | null;
            /** Role */
            role: string;
        };
        /**
         * Waiting
         * @description One conversation of the inbox.
         */
        Waiting: {
            /**
             * Askedat
             * Format: date-time
             */
            askedAt: string;
            /** Channel */
            channel: string;
            /** Guardian */
            guardian: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Lastat
             * Format: date-time
             */
            lastAt: string;
            /** Lasttext */
            lastText: string;
            /** Mine */
            mine: boolean;
            /** Owner */
            owner: string | null;
            /** Status */
            status: string;
        };
        /** WebhookLine */
        WebhookLine: {
            /** Delivered */
            delivered: number;
            /** Disabledreason */
            disabledReason: string | null;
            /** Enabled */
            enabled: boolean;
            /** Events */
            events: string[];
            /** Failed */
            failed: number;
            /** Failingsince */
            failingSince: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Url */
            url: string;
            /** Waiting */
            waiting: number;
        };
        /** WebhookMessageLine */
        WebhookMessageLine: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Attempts */
            attempts: number;
            /** Detail */
            detail: string;
            /** Event */
            event: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Nextat */
            nextAt: string | null;
            /** State */
            state: string;
            /** Status */
            status: number | null;
            /** Url */
            url: string;
        };
        /**
         * WebhookMessages
         * @description Messages to other programs, newest first.
         */
        WebhookMessages: {
            /** Messages */
            messages: components["schemas"]["WebhookMessageLine"][];
        };
        /** WebhookSecret */
        WebhookSecret: {
            /**
             * Secret
             * @description Starts with whsec_; verify messages with it and a Standard Webhooks library.
             */
            secret: string;
        };
        /**
         * Webhooks
         * @description The school's webhooks and how their messages fare.
         */
        Webhooks: {
            /**
             * Events
             * @description Every event a webhook may hear of.
             */
            events: string[];
            /** Webhooks */
            webhooks: components["schemas"]["WebhookLine"][];
        };
        /** WeekFigures */
        WeekFigures: {
            /** Absent */
            absent: number;
            /** Excused */
            excused: number;
            /** Late */
            late: number;
            /** Present */
            present: number;
            /**
             * Rate
             * @description Present and late over all days but excused ones.
             */
            rate: number | null;
            /**
             * Week
             * Format: date
             * @description The Monday of the week.
             */
            week: string;
        };
        /** WeekdayFigures */
        WeekdayFigures: {
            /** Absent */
            absent: number;
            /** Excused */
            excused: number;
            /** Late */
            late: number;
            /** Present */
            present: number;
            /**
             * Rate
             * @description Present and late over all days but excused ones.
             */
            rate: number | null;
            /** Weekday */
            weekday: string;
        };
        /**
         * When
         * @description Some periods of some days; empty lists mean all of them.
         */
        When: {
            /**
             * Days
             * @default []
             */
            days?: number[];
            /**
             * Periods
             * @default []
             */
            periods?: number[];
        };
        /** Who */
        Who: {
            /** Name */
            name: string;
            /** Role */
            role: string;
        };
        /** WorkspaceIn */
        WorkspaceIn: {
            /**
             * Bottoken
             * @description Kept encrypted, never given back.
             */
            botToken: string;
        };
        /** WorkspaceOut */
        WorkspaceOut: {
            /**
             * Connectedat
             * Format: date-time
             */
            connectedAt: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Members
             * @description People of the school linked there.
             */
            members: number;
            /** Name */
            name: string;
            /** Teamid */
            teamId: string;
        };
        /** Workspaces */
        Workspaces: {
            /**
             * Canadd
             * @description Whether “Add to Slack” is set up.
             */
            canAdd: boolean;
            /** Items */
            items: components["schemas"]["WorkspaceOut"][];
            /**
             * Mode
             * @description How Slack reaches this program: http, socket or off.
             */
            mode: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    chat: {
        parameters: {
            query?: never;
            header?: {
                accept?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatMessage"];
            };
        };
        responses: {
            /** @description The answer, streamed or whole. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatAnswer"];
                    "text/event-stream": unknown;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_curriculum: {
        parameters: {
            query?: {
                /** @description The question, in full. */
                question?: string | null;
                subject?: string | null;
                level?: string | null;
                /** @description Number of the term; default every term. */
                termNumber?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coverage"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_documents: {
        parameters: {
            query?: {
                /** @description Only this kind. */
                kind?: components["schemas"]["DocumentKind"] | null;
                subject?: string | null;
                level?: string | null;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-documentId`: documentId, title, kind, audience, subject, level, termNumber, status, error, version, pages, passages, size, name, updatedAt, url. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shelf"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_document: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "01a2195e-7c00-7000-8000-000000000000",
                 *       "kind": "curriculum"
                 *     }
                 */
                "application/json": components["schemas"]["AddDocumentArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reading"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, same_file */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input, file_type_unknown, file_misnamed, file_encrypted, file_corrupt, file_has_macros, file_expands_too_far, file_empty, file_too_large, too_many_pages */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_document: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_upload_document"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reading"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_document: {
        parameters: {
            query?: {
                /** @description Version; default the one in use. */
                version?: number | null;
                /** @description Show the passages of this page. */
                page?: number | null;
                /** @description Show this passage, as a citation names it. */
                passage?: string | null;
            };
            header?: never;
            path: {
                document: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentCard"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_document: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                document: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_document: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                document: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "title": "Handbook for parents"
                 *     }
                 */
                "application/json": components["schemas"]["SetDocumentArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate_questions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateQuestionsArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionPaper"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no_material */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_at_risk: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description How many students of the class can be helped: just those are named. */
                capacity?: number | null;
            };
            header?: never;
            path: {
                classArm: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AtRisk"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compare_class: {
        parameters: {
            query?: {
                subject?: string | null;
                /** @description Term by name or id; default this term. */
                term?: string | null;
            };
            header?: never;
            path: {
                classArm: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassComparison"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_risk_model: {
        parameters: {
            query?: {
                version?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelCard"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_risk_models: {
        parameters: {
            query?: {
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-version`: version, state, trainedAt, judgedOn, prAuc, baseline, capacity, decision, sha256. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelVersions"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_support_note: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "text": "School opens again on Monday at 8."
                 *     }
                 */
                "application/json": components["schemas"]["SendSupportNoteArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportNote"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input, note_names_risk */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explain_risk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                student: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RiskExplained"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_trajectory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                student: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trajectory"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_subject_analysis: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description Only these classes; default all you may see. */
                classArms?: string[];
                /** @description Only these groups of classes, such as JSS 2. */
                groups?: string[];
            };
            header?: never;
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectAnalysis"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_approvals: {
        parameters: {
            query?: {
                status?: "pending" | "executed" | "declined" | "expired" | "stale" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalList"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proposal"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalCard"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_approval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalCard"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalCard"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Body_decline"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalCard"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string | null;
                who?: string | null;
                tool?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undo_audit_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Undone"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                schoolos_refresh?: string | null;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                schoolos_refresh?: string | null;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["Body_sign_in"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_capabilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CapabilityPage"];
                };
            };
        };
    };
    list_channel_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_channel_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_channel_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                search?: string;
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRead"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Body_rename_conversation"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rate_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
                turn_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Feedback"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_demo_sign_ins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoSignIn"][];
                };
            };
        };
    };
    list_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKey"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotate_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Rotation"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKey"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    show_phone_pin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhonePin"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_phone_pin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPin"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhonePin"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_phone_pin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhonePin"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_notifications: {
        parameters: {
            query?: {
                page?: number;
                limit?: number;
                /** @description Only those not read yet. */
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_notification_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
        };
    };
    set_notification_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferenceChoices"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_all_notifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    stream_notifications: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_unread_notifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
        };
    };
    read_notification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notification_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shown"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_report_cards: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                classArm: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "term": "this term"
                 *     }
                 */
                "application/json": components["schemas"]["ApproveReportCardsArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, wrong_step */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlock_report_cards: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                classArm: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "A mark was entered twice."
                 *     }
                 */
                "application/json": components["schemas"]["UnlockReportCardsArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, reports_already_released, wrong_step */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_report_classes: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassesView"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate_report_cards: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "studentIds": [
                 *         "Ada Okafor"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["GenerateReportCardsArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportJob"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_report_holds: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-studentId`: studentId, student, studentNo, reason, since. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldList"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_report_hold: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                student: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "A mark was entered twice."
                 *     }
                 */
                "application/json": components["schemas"]["SetReportHoldArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_report_hold: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                student: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, not_on_hold */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_report_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportJob"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_report_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptionsView"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_report_options: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "layout": "classic"
                 *     }
                 */
                "application/json": components["schemas"]["SetReportOptionsArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input, template_fault, style_fault */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_report_picture: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                kind: "logo" | "principal_signature" | "teacher_signature";
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "fileId": "01a2195e-7c00-7000-8000-000000000000"
                 *     }
                 */
                "application/json": components["schemas"]["SetReportPictureArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input, bad_image */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_report_card: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "image/png": unknown;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_report_cards: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                classArm: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "term": "this term"
                 *     }
                 */
                "application/json": components["schemas"]["ReleaseReportCardsArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, reports_already_released, reports_not_approved */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_report_cards: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                classArm: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, reports_not_released */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_remarks: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
            };
            header?: never;
            path: {
                classArm: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemarksView"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draft_remarks: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                classArm: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "term": "this term"
                 *     }
                 */
                "application/json": components["schemas"]["DraftRemarksArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, cards_closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_runs: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Runs"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownRun"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownRun"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sandbox_phones: {
        parameters: {
            query?: {
                search?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Phones"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sandbox_messages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A phone number or an e-mail address. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneThread"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    type_on_sandbox_phone: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string | null;
            };
            path: {
                /** @description A phone number or an e-mail address. */
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Typed"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taken"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream_sandbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages as they come. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_slack_install: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstallLink"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_slack_workspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspaces"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_slack_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_slack_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_timetables: {
        parameters: {
            query?: {
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-timetableId`: timetableId, name, state, hard, soft, startsOn, inForce, jobId, createdAt. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimetableList"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_calendar_address: {
        parameters: {
            query?: {
                classArm?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarAddress"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_cover: {
        parameters: {
            query: {
                teacher: string;
                /** @description Day, YYYY-MM-DD; a weekday means the next one; default today. */
                on?: string | null;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-lesson`: lesson, label, period, beginsAt, coveredBy. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverPlan"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible, no_timetable_yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_cover: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "teacher": "Mrs Bello"
                 *     }
                 */
                "application/json": components["schemas"]["SetCoverArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverArrangement"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible, no_timetable_yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, cover_not_possible */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_cover: {
        parameters: {
            query: {
                teacher: string;
                /** @description The day the teacher is away, YYYY-MM-DD; a weekday means the next one; default today. */
                on?: string | null;
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible, no_timetable_yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, cover_not_possible */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_timetable: {
        parameters: {
            query?: {
                timetable?: string | null;
                classArm?: string | null;
                teacher?: string | null;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-type`: type, name, url, mediaType, size. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimetableFiles"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible, no_timetable_yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate_timetable: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Evening"
                 *     }
                 */
                "application/json": components["schemas"]["GenerateTimetableArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimetableJob"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input, bad_timetable_problem, no_timetable_possible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_timetable: {
        parameters: {
            query?: {
                timetable?: string | null;
                classArm?: string | null;
                teacher?: string | null;
                /** @description Name of a room. */
                room?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimetableGrid"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible, no_timetable_yet */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_timetable_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimetableJob"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_timetable_job: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compare_timetables: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                first: string;
                second: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimetableComparison"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_timetable: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                timetable: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, timetable_not_draft */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draft_timetable: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                timetable: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Evening"
                 *     }
                 */
                "application/json": components["schemas"]["DraftTimetableArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lock_lessons: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                timetable: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "subject": "Mathematics"
                 *     }
                 */
                "application/json": components["schemas"]["LockLessonsArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, timetable_not_draft */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_lesson: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                timetable: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "day": 1,
                 *       "lesson": {
                 *         "day": 1,
                 *         "period": 1
                 *       },
                 *       "period": 1
                 *     }
                 */
                "application/json": components["schemas"]["MoveLessonArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeResult"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, timetable_conflict, timetable_not_draft, lesson_locked */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_lesson_places: {
        parameters: {
            query?: {
                /** @description Key of the lesson, instead of its class and time. */
                lesson?: string | null;
                classArm?: string | null;
                /** @description Day the lesson is on now, from 1. */
                day?: number | null;
                /** @description Period the lesson is in now, from 1. */
                period?: number | null;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-day`: day, period, when, others, costChange, conflicts. */
                sort?: string | null;
            };
            header?: never;
            path: {
                timetable: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LessonPlaces"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description timetable_not_draft, lesson_locked */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_timetable: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                timetable: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "startsOn": "2026-12-01"
                 *     }
                 */
                "application/json": components["schemas"]["PublishTimetableArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimetablePublication"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, timetable_incomplete, timetable_not_draft */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_timetable: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                timetable: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, timetable_not_published */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_upload_file"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Uploaded"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_attendance_patterns: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description From this day, YYYY-MM-DD; scores: the terms the days fall in. */
                firstDay?: string | null;
                /** @description Until this day, YYYY-MM-DD. */
                lastDay?: string | null;
                /** @description Only these classes; default all you may see. */
                classArms?: string[];
                /** @description Only these groups of classes, such as JSS 2. */
                groups?: string[];
                /** @description Only these students. */
                students?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttendancePatterns"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_course_metrics: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description From this day, YYYY-MM-DD; scores: the terms the days fall in. */
                firstDay?: string | null;
                /** @description Until this day, YYYY-MM-DD. */
                lastDay?: string | null;
                /** @description Only these classes; default all you may see. */
                classArms?: string[];
                /** @description Only these groups of classes, such as JSS 2. */
                groups?: string[];
                /** @description Only these subjects. */
                subjects?: string[];
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-state`: state, students, compared. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseMetrics"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_dashboard: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description From this day, YYYY-MM-DD; scores: the terms the days fall in. */
                firstDay?: string | null;
                /** @description Until this day, YYYY-MM-DD. */
                lastDay?: string | null;
                /** @description Only these classes; default all you may see. */
                classArms?: string[];
                /** @description Only these groups of classes, such as JSS 2. */
                groups?: string[];
                /** @description Only these subjects. */
                subjects?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_figures: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "kind": "dashboard"
                 *     }
                 */
                "application/json": components["schemas"]["ExportFiguresArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exported"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_grade_distributions: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description From this day, YYYY-MM-DD; scores: the terms the days fall in. */
                firstDay?: string | null;
                /** @description Until this day, YYYY-MM-DD. */
                lastDay?: string | null;
                /** @description Only these classes; default all you may see. */
                classArms?: string[];
                /** @description Only these groups of classes, such as JSS 2. */
                groups?: string[];
                /** @description Only these subjects. */
                subjects?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeDistributions"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_student_metrics: {
        parameters: {
            query?: {
                /** @description Term by name or id; default this term. */
                term?: string | null;
                /** @description From this day, YYYY-MM-DD; scores: the terms the days fall in. */
                firstDay?: string | null;
                /** @description Until this day, YYYY-MM-DD. */
                lastDay?: string | null;
                /** @description Only these classes; default all you may see. */
                classArms?: string[];
                /** @description Only these groups of classes, such as JSS 2. */
                groups?: string[];
                /** @description Only these subjects. */
                subjects?: string[];
                /** @description Only these students. */
                students?: string[];
                /** @description Order: by class and name, best or lowest average, largest fall, lowest attendance. */
                sort?: components["schemas"]["StudentSort"];
                /** @description Students a page. */
                limit?: number;
                /** @description Students skipped. */
                offset?: number;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentMetrics"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_answer_feedback: {
        parameters: {
            query?: {
                /** @description Only this thumb. */
                rating?: ("up" | "down") | null;
                /** @description At most this many. */
                limit?: number;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-at`: at, who, rating, said, answer, reason. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackList"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_assistant_usage: {
        parameters: {
            query?: {
                /** @description Days back from today. */
                days?: number;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-who`: who, answers, calls, hosted, tokens, dollars. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssistantUsage"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_classes: {
        parameters: {
            query?: {
                level?: string | null;
                subject?: string | null;
                mine?: boolean;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-classArmId`: classArmId, name, level, students, classTeacher. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassList"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_deliveries: {
        parameters: {
            query?: {
                student?: string | null;
                guardian?: string | null;
                /** @description What the message was about; default whichever was last. */
                matter?: ("results" | "attendance" | "notice" | "fees" | "report_card" | "timetable" | "warning" | "digest") | null;
                /** @description Only deliveries in this state. */
                state?: ("queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "dead" | "skipped" | "withdrawn") | null;
                /** @description YYYY-MM-DD. */
                first?: string | null;
                limit?: number;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-id`: id, eventId, eventType, what, title, personId, who, students, channel, address, state, stateWords, reason, attempts, provider, segments, cost, queuedAt, sentAt, deliveredAt, received. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_digest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_digest: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "often": "daily"
                 *     }
                 */
                "application/json": components["schemas"]["SetDigestArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_records: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "students"
                 *     }
                 */
                "application/json": components["schemas"]["ExportRecordsArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exported"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_owing: {
        parameters: {
            query?: {
                classArm?: string | null;
                /** @description Only who owes this fee, such as Tuition, Exam or Bus. */
                fee?: string | null;
                /** @description Only who owes something whose day has passed. */
                overdue?: boolean;
                /** @description Only who owes more than this in all. */
                moreThan?: number | string | null;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-studentId`: studentId, student, classArm, owed, overdue, credit. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwingList"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_fee_schedule: {
        parameters: {
            query?: {
                term?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeeSchedule"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_fee: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": "45000.00",
                 *       "due": "2026-12-01",
                 *       "fee": "Tuition"
                 *     }
                 */
                "application/json": components["schemas"]["SetFeeArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_fee: {
        parameters: {
            query: {
                /** @description What the fee is for, such as Tuition. */
                fee: string;
                /** @description Class arms it is for; none: the whole school. */
                classArms?: string[];
                term?: string | null;
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_grading_scales: {
        parameters: {
            query?: {
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-level`: level, passPercent. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingScales"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_grading_scale: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "bands": [
                 *         {
                 *           "fromPercent": 0,
                 *           "grade": "A"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SetGradingScaleArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_inbox_conversations: {
        parameters: {
            query?: {
                /** @description Also those handed back already. */
                includeClosed?: boolean;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-id`: id, guardian, channel, status, owner, askedAt, lastAt, lastText, mine. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_inbox_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claim_inbox_conversation: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, handover_owned, handover_closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_inbox_conversation: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, handover_not_yours, handover_closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_inbox_reply: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "School opens again on Monday at 8."
                 *     }
                 */
                "application/json": components["schemas"]["SendInboxReplyArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, handover_not_yours, handover_closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_message_settings: {
        parameters: {
            query?: {
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-matter`: matter, whom, channels. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSettings"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_message_templates: {
        parameters: {
            query?: {
                matter?: ("results" | "attendance" | "notice" | "fees" | "report_card" | "timetable" | "warning" | "digest") | null;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-eventType`: eventType, channel, language, subject, body, own. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_message_template: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                matter: "results" | "attendance" | "notice" | "fees" | "report_card" | "timetable" | "warning" | "digest";
                channel: "sms" | "whatsapp" | "email" | "in_app";
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "subject": "The trip to the museum"
                 *     }
                 */
                "application/json": components["schemas"]["SetMessageTemplateArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_school: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolDetails"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_school_details: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Evening"
                 *     }
                 */
                "application/json": components["schemas"]["SetSchoolDetailsArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_second_approval: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondApproval"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_second_approval: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "capabilities": [
                 *         "send_notice"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SetSecondApprovalArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_remark: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                student: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "School opens again on Monday at 8."
                 *     }
                 */
                "application/json": components["schemas"]["SetRemarkArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict, cards_closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_webhook_messages: {
        parameters: {
            query?: {
                webhook?: string | null;
                failed?: boolean;
                /** @description At most so many. */
                limit?: number;
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-id`: id, event, url, state, attempts, status, detail, at, nextAt. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookMessages"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_webhook_messages: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "webhook": "https://example.com/hooks"
                 *     }
                 */
                "application/json": components["schemas"]["ReplayWebhookMessagesArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_webhooks: {
        parameters: {
            query?: {
                /** @description Where the next page begins: from the `Link` header of the page before. */
                cursor?: string | null;
                /** @description At most so many a page; none: all of them. */
                limit?: number | null;
                /** @description Fields to sort by, `-` first for downwards, such as `-id`: id, url, events, enabled, delivered, waiting, failed, failingSince, disabledReason. */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhooks"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_webhook: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hooks"
                 *     }
                 */
                "application/json": components["schemas"]["AddWebhookArguments"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_webhook: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         "scores.published"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SetWebhookArgumentsBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_webhook: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_test_webhook: {
        parameters: {
            query?: {
                /** @description true: return the preview and change nothing. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of a preview: the change is refused (412) when the records moved since. */
                "If-Match"?: string | null;
                /** @description Makes a retry safe for a day: the first answer is given again. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"] | components["schemas"]["Preview"];
                };
            };
            /** @description not_signed_in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not_visible */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description preview_stale */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid_input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too_many_requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_webhook_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
