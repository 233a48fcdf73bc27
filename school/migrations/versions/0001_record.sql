-- Every table of the record, its indexes, and its row-level security. Frozen: a change is a new revision.

CREATE TABLE schools (
    id UUID NOT NULL,
    name VARCHAR NOT NULL,
    slug VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    phone VARCHAR,
    email VARCHAR,
    motto VARCHAR NOT NULL,
    time_zone VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    locale VARCHAR NOT NULL,
    currency VARCHAR NOT NULL,
    colour VARCHAR NOT NULL,
    logo_file_id UUID,
    options JSONB NOT NULL,
    CONSTRAINT pk_schools PRIMARY KEY (id),
    CONSTRAINT ck_schools_name_given CHECK (name <> ''),
    CONSTRAINT uq_schools_slug UNIQUE (slug)
);
-- --
CREATE TABLE outbox (
    name VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    payload JSONB NOT NULL,
    trace JSONB NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT fk_outbox_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_outbox_school_id ON outbox (school_id);
-- --
CREATE INDEX ix_outbox_waiting ON outbox (id) WHERE sent_at IS NULL;
-- --
CREATE TABLE event_receipts (
    event_id UUID NOT NULL,
    consumer VARCHAR NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_event_receipts PRIMARY KEY (id),
    CONSTRAINT uq_event_receipts_event_id_consumer UNIQUE (event_id, consumer),
    CONSTRAINT fk_event_receipts_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_event_receipts_school_id ON event_receipts (school_id);
-- --
CREATE TABLE sessions (
    name VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY (id),
    CONSTRAINT uq_sessions_school_id_name UNIQUE (school_id, name),
    CONSTRAINT ck_sessions_order CHECK (starts_on < ends_on),
    CONSTRAINT fk_sessions_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_sessions_school_id ON sessions (school_id);
-- --
CREATE TABLE holidays (
    name VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_holidays PRIMARY KEY (id),
    CONSTRAINT fk_holidays_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_holidays_school_id ON holidays (school_id);
-- --
CREATE TABLE people (
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    given_name VARCHAR NOT NULL,
    other_names VARCHAR NOT NULL,
    family_name VARCHAR NOT NULL,
    gender VARCHAR,
    phone VARCHAR,
    whatsapp BOOLEAN NOT NULL,
    email VARCHAR,
    language VARCHAR NOT NULL,
    photo_file_id UUID,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (id),
    CONSTRAINT ck_people_kind CHECK (kind IN ('staff', 'student', 'guardian')),
    CONSTRAINT fk_people_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_people_school_id_kind ON people (school_id, kind);
-- --
CREATE INDEX ix_people_school_id_phone ON people (school_id, phone);
-- --
CREATE INDEX ix_people_school_id ON people (school_id);
-- --
CREATE TABLE levels (
    name VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_levels PRIMARY KEY (id),
    CONSTRAINT uq_levels_school_id_name UNIQUE (school_id, name),
    CONSTRAINT fk_levels_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_levels_school_id ON levels (school_id);
-- --
CREATE TABLE subjects (
    name VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    aliases JSONB NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_subjects PRIMARY KEY (id),
    CONSTRAINT uq_subjects_school_id_name UNIQUE (school_id, name),
    CONSTRAINT uq_subjects_school_id_code UNIQUE (school_id, code),
    CONSTRAINT fk_subjects_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_subjects_school_id ON subjects (school_id);
-- --
CREATE TABLE idempotency_keys (
    key VARCHAR NOT NULL,
    caller VARCHAR NOT NULL,
    tool VARCHAR NOT NULL,
    arguments_hash VARCHAR NOT NULL,
    result JSONB NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (id),
    CONSTRAINT fk_idempotency_keys_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_idempotency_keys_school_id ON idempotency_keys (school_id);
-- --
CREATE UNIQUE INDEX uq_idempotency_keys_school_caller_key ON idempotency_keys (school_id, caller, key);
-- --
CREATE TABLE channel_accounts (
    channel VARCHAR NOT NULL,
    provider VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    enabled BOOLEAN NOT NULL,
    sender VARCHAR NOT NULL,
    per_second INTEGER,
    options JSONB NOT NULL,
    secrets VARCHAR NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_channel_accounts PRIMARY KEY (id),
    CONSTRAINT uq_channel_accounts_school_id_channel_provider_sender UNIQUE (school_id, channel, provider, sender),
    CONSTRAINT fk_channel_accounts_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_channel_accounts_sender ON channel_accounts (channel, sender);
-- --
CREATE INDEX ix_channel_accounts_school_id ON channel_accounts (school_id);
-- --
CREATE TABLE sandbox_messages (
    direction VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    key VARCHAR NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_sandbox_messages PRIMARY KEY (id),
    CONSTRAINT uq_sandbox_messages_school_id_key UNIQUE (school_id, key),
    CONSTRAINT ck_sandbox_messages_direction CHECK (direction IN ('in', 'out')),
    CONSTRAINT fk_sandbox_messages_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_sandbox_messages_school_id ON sandbox_messages (school_id);
-- --
CREATE INDEX ix_sandbox_messages_number ON sandbox_messages (school_id, number, id);
-- --
CREATE TABLE channel_rules (
    event_type VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    channels JSONB NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_channel_rules PRIMARY KEY (id),
    CONSTRAINT uq_channel_rules_school_id_event_type_role UNIQUE (school_id, event_type, role),
    CONSTRAINT fk_channel_rules_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_channel_rules_school_id ON channel_rules (school_id);
-- --
CREATE TABLE opt_outs (
    channel VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    lifted_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_opt_outs PRIMARY KEY (id),
    CONSTRAINT uq_opt_outs_school_id_channel_address UNIQUE (school_id, channel, address),
    CONSTRAINT fk_opt_outs_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_opt_outs_school_id ON opt_outs (school_id);
-- --
CREATE TABLE message_templates (
    event_type VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_message_templates PRIMARY KEY (id),
    CONSTRAINT uq_message_templates_school_id_event_type_channel_language UNIQUE (school_id, event_type, channel, language),
    CONSTRAINT fk_message_templates_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_message_templates_school_id ON message_templates (school_id);
-- --
CREATE TABLE inbox (
    id UUID NOT NULL,
    school_id UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    provider VARCHAR NOT NULL,
    provider_message_id VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    sender VARCHAR NOT NULL,
    recipient VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    media JSONB NOT NULL,
    handled_at TIMESTAMP WITH TIME ZONE,
    outcome VARCHAR,
    CONSTRAINT pk_inbox PRIMARY KEY (id),
    CONSTRAINT uq_inbox_provider_provider_message_id UNIQUE (provider, provider_message_id),
    CONSTRAINT fk_inbox_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_inbox_sender ON inbox (channel, sender, created_at);
-- --
CREATE TABLE risk_models (
    version INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    audience VARCHAR NOT NULL,
    features JSONB NOT NULL,
    sha256 VARCHAR NOT NULL,
    artifact BYTEA,
    slope DOUBLE PRECISION NOT NULL,
    intercept DOUBLE PRECISION NOT NULL,
    threshold DOUBLE PRECISION NOT NULL,
    card JSONB NOT NULL,
    reference JSONB NOT NULL,
    drift JSONB,
    data_until TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_risk_models PRIMARY KEY (id),
    CONSTRAINT uq_risk_models_school_id_version UNIQUE (school_id, version),
    CONSTRAINT ck_risk_models_state CHECK (state IN ('serving', 'retired', 'rejected')),
    CONSTRAINT fk_risk_models_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE UNIQUE INDEX uq_risk_models_serving ON risk_models (school_id) WHERE state = 'serving';
-- --
CREATE INDEX ix_risk_models_school_id ON risk_models (school_id);
-- --
CREATE TABLE safeguarding_concerns (
    door VARCHAR NOT NULL,
    address VARCHAR,
    user_id UUID,
    person_id UUID,
    who VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    found_by VARCHAR NOT NULL,
    turn_id UUID,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_by VARCHAR,
    note VARCHAR,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_safeguarding_concerns PRIMARY KEY (id),
    CONSTRAINT fk_safeguarding_concerns_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_safeguarding_concerns_open ON safeguarding_concerns (school_id, created_at);
-- --
CREATE INDEX ix_safeguarding_concerns_school_id ON safeguarding_concerns (school_id);
-- --
CREATE TABLE timetable_setups (
    body JSONB NOT NULL,
    version INTEGER NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_timetable_setups PRIMARY KEY (id),
    CONSTRAINT uq_timetable_setups_school_id UNIQUE (school_id),
    CONSTRAINT fk_timetable_setups_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_timetable_setups_school_id ON timetable_setups (school_id);
-- --
CREATE TABLE webhook_endpoints (
    url VARCHAR NOT NULL,
    events JSONB NOT NULL,
    secret VARCHAR NOT NULL,
    enabled BOOLEAN NOT NULL,
    failing_since TIMESTAMP WITH TIME ZONE,
    disabled_reason VARCHAR,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_webhook_endpoints PRIMARY KEY (id),
    CONSTRAINT uq_webhook_endpoints_school_id_url UNIQUE (school_id, url),
    CONSTRAINT fk_webhook_endpoints_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_webhook_endpoints_school_id ON webhook_endpoints (school_id);
-- --
CREATE TABLE assessment_schemes (
    name VARCHAR NOT NULL,
    level_id UUID,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_assessment_schemes PRIMARY KEY (id),
    CONSTRAINT uq_assessment_schemes_school_id_name UNIQUE (school_id, name),
    CONSTRAINT fk_assessment_schemes_level_id FOREIGN KEY(level_id) REFERENCES levels (id) ON DELETE CASCADE,
    CONSTRAINT fk_assessment_schemes_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_assessment_schemes_school_id ON assessment_schemes (school_id);
-- --
CREATE TABLE grading_scales (
    name VARCHAR NOT NULL,
    level_id UUID,
    pass_percent NUMERIC(5, 2) NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_grading_scales PRIMARY KEY (id),
    CONSTRAINT uq_grading_scales_school_id_name UNIQUE (school_id, name),
    CONSTRAINT fk_grading_scales_level_id FOREIGN KEY(level_id) REFERENCES levels (id) ON DELETE CASCADE,
    CONSTRAINT fk_grading_scales_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_grading_scales_school_id ON grading_scales (school_id);
-- --
CREATE TABLE terms (
    session_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    closed BOOLEAN NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_terms PRIMARY KEY (id),
    CONSTRAINT uq_terms_session_id_number UNIQUE (session_id, number),
    CONSTRAINT ck_terms_order CHECK (starts_on < ends_on),
    CONSTRAINT ck_terms_number CHECK (number BETWEEN 1 AND 6),
    CONSTRAINT fk_terms_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE,
    CONSTRAINT fk_terms_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_terms_school_id ON terms (school_id);
-- --
CREATE INDEX ix_terms_session_id ON terms (session_id);
-- --
CREATE TABLE staff (
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    staff_no VARCHAR NOT NULL,
    job_title VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT uq_staff_school_id_staff_no UNIQUE (school_id, staff_no),
    CONSTRAINT fk_staff_id FOREIGN KEY(id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_staff_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_staff_school_id ON staff (school_id);
-- --
CREATE TABLE students (
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    admission_no VARCHAR NOT NULL,
    born_on DATE,
    admitted_on DATE,
    left_on DATE,
    CONSTRAINT pk_students PRIMARY KEY (id),
    CONSTRAINT uq_students_school_id_admission_no UNIQUE (school_id, admission_no),
    CONSTRAINT fk_students_id FOREIGN KEY(id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_students_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_students_school_id ON students (school_id);
-- --
CREATE TABLE guardians (
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    address VARCHAR NOT NULL,
    CONSTRAINT pk_guardians PRIMARY KEY (id),
    CONSTRAINT fk_guardians_id FOREIGN KEY(id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_guardians_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_guardians_school_id ON guardians (school_id);
-- --
CREATE TABLE push_subscriptions (
    person_id UUID NOT NULL,
    endpoint VARCHAR NOT NULL,
    keys JSONB NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_push_subscriptions PRIMARY KEY (id),
    CONSTRAINT fk_push_subscriptions_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT uq_push_subscriptions_endpoint UNIQUE (endpoint),
    CONSTRAINT fk_push_subscriptions_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_push_subscriptions_school_id ON push_subscriptions (school_id);
-- --
CREATE INDEX ix_push_subscriptions_person_id ON push_subscriptions (person_id);
-- --
CREATE TABLE notifications (
    event_id UUID NOT NULL,
    event_type VARCHAR NOT NULL,
    person_id UUID NOT NULL,
    about_student_ids JSONB NOT NULL,
    title VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    data JSONB NOT NULL,
    priority VARCHAR NOT NULL,
    in_app BOOLEAN NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_notifications PRIMARY KEY (id),
    CONSTRAINT uq_notifications_event_id_person_id UNIQUE (event_id, person_id),
    CONSTRAINT fk_notifications_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_notifications_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_notifications_school_id ON notifications (school_id);
-- --
CREATE INDEX ix_notifications_person ON notifications (person_id, created_at);
-- --
CREATE TABLE notification_preferences (
    person_id UUID NOT NULL,
    channel VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL,
    enabled BOOLEAN NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_notification_preferences PRIMARY KEY (id),
    CONSTRAINT uq_notification_preferences_person_id_channel_event_type UNIQUE (person_id, channel, event_type),
    CONSTRAINT fk_notification_preferences_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_notification_preferences_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_notification_preferences_school_id ON notification_preferences (school_id);
-- --
CREATE TABLE digest_choices (
    person_id UUID NOT NULL,
    every VARCHAR NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_digest_choices PRIMARY KEY (id),
    CONSTRAINT uq_digest_choices_person_id UNIQUE (person_id),
    CONSTRAINT fk_digest_choices_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_digest_choices_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_digest_choices_school_id ON digest_choices (school_id);
-- --
CREATE TABLE contact_points (
    person_id UUID NOT NULL,
    channel VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    verified_at TIMESTAMP WITH TIME ZONE,
    pin_hash VARCHAR,
    unlocked_until TIMESTAMP WITH TIME ZONE,
    code_hash VARCHAR,
    code_expires_at TIMESTAMP WITH TIME ZONE,
    code_tries INTEGER NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_contact_points PRIMARY KEY (id),
    CONSTRAINT uq_contact_points_channel_address_person_id UNIQUE (channel, address, person_id),
    CONSTRAINT fk_contact_points_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_contact_points_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_contact_points_school_id ON contact_points (school_id);
-- --
CREATE INDEX ix_contact_points_address ON contact_points (channel, address);
-- --
CREATE INDEX ix_contact_points_person_id ON contact_points (person_id);
-- --
CREATE TABLE users (
    email VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    person_id UUID,
    password_hash VARCHAR,
    active BOOLEAN NOT NULL,
    failed_sign_ins INTEGER NOT NULL,
    locked_until TIMESTAMP WITH TIME ZONE,
    last_sign_in_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_school_id_email UNIQUE (school_id, email),
    CONSTRAINT fk_users_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_users_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_users_school_id ON users (school_id);
-- --
CREATE INDEX ix_users_email ON users (email);
-- --
CREATE INDEX ix_users_person_id ON users (person_id);
-- --
CREATE TABLE safeguarding_adults (
    person_id UUID NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_safeguarding_adults PRIMARY KEY (id),
    CONSTRAINT uq_safeguarding_adults_school_id_person_id UNIQUE (school_id, person_id),
    CONSTRAINT fk_safeguarding_adults_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_safeguarding_adults_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_safeguarding_adults_school_id ON safeguarding_adults (school_id);
-- --
CREATE TABLE webhook_messages (
    endpoint_id UUID NOT NULL,
    event_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    body JSONB NOT NULL,
    state VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    tried_at TIMESTAMP WITH TIME ZONE,
    status INTEGER,
    detail VARCHAR NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_webhook_messages PRIMARY KEY (id),
    CONSTRAINT uq_webhook_messages_endpoint_id_event_id UNIQUE (endpoint_id, event_id),
    CONSTRAINT ck_webhook_messages_state CHECK (state IN ('queued', 'sending', 'delivered', 'failed')),
    CONSTRAINT fk_webhook_messages_endpoint_id FOREIGN KEY(endpoint_id) REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    CONSTRAINT fk_webhook_messages_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_webhook_messages_due ON webhook_messages (due_at) WHERE state IN ('queued', 'sending');
-- --
CREATE INDEX ix_webhook_messages_school_id ON webhook_messages (school_id);
-- --
CREATE TABLE approvals (
    tool VARCHAR NOT NULL,
    arguments JSONB NOT NULL,
    fingerprint VARCHAR NOT NULL,
    preview JSONB NOT NULL,
    effect VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    requested_by UUID,
    requester VARCHAR NOT NULL,
    requester_role VARCHAR NOT NULL,
    requester_person_id UUID,
    door VARCHAR NOT NULL,
    needs_second BOOLEAN NOT NULL,
    conversation_id UUID,
    turn_id UUID,
    tool_call_id VARCHAR,
    decided_by UUID,
    decider VARCHAR,
    decided_at TIMESTAMP WITH TIME ZONE,
    decided_door VARCHAR,
    reason VARCHAR,
    result JSONB,
    error JSONB,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_approvals PRIMARY KEY (id),
    CONSTRAINT ck_approvals_status CHECK (status IN ('pending', 'approved', 'executed', 'declined', 'expired', 'stale', 'failed')),
    CONSTRAINT fk_approvals_requested_by FOREIGN KEY(requested_by) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_approvals_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_approvals_conversation ON approvals (conversation_id);
-- --
CREATE INDEX ix_approvals_school_id ON approvals (school_id);
-- --
CREATE INDEX ix_approvals_school_status ON approvals (school_id, status);
-- --
CREATE TABLE assessment_components (
    scheme_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    max_points NUMERIC(6, 2) NOT NULL,
    weight NUMERIC(6, 5) NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_assessment_components PRIMARY KEY (id),
    CONSTRAINT uq_assessment_components_scheme_id_name UNIQUE (scheme_id, name),
    CONSTRAINT ck_assessment_components_max_points CHECK (max_points > 0),
    CONSTRAINT ck_assessment_components_weight CHECK (weight > 0 AND weight <= 1),
    CONSTRAINT fk_assessment_components_scheme_id FOREIGN KEY(scheme_id) REFERENCES assessment_schemes (id) ON DELETE CASCADE,
    CONSTRAINT fk_assessment_components_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_assessment_components_scheme_id ON assessment_components (scheme_id);
-- --
CREATE INDEX ix_assessment_components_school_id ON assessment_components (school_id);
-- --
CREATE TABLE grade_bands (
    scale_id UUID NOT NULL,
    grade VARCHAR NOT NULL,
    from_percent NUMERIC(5, 2) NOT NULL,
    remark VARCHAR NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_grade_bands PRIMARY KEY (id),
    CONSTRAINT uq_grade_bands_scale_id_grade UNIQUE (scale_id, grade),
    CONSTRAINT fk_grade_bands_scale_id FOREIGN KEY(scale_id) REFERENCES grading_scales (id) ON DELETE CASCADE,
    CONSTRAINT fk_grade_bands_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_grade_bands_scale_id ON grade_bands (scale_id);
-- --
CREATE INDEX ix_grade_bands_school_id ON grade_bands (school_id);
-- --
CREATE TABLE guardianships (
    guardian_id UUID NOT NULL,
    student_id UUID NOT NULL,
    relation VARCHAR NOT NULL,
    is_primary BOOLEAN NOT NULL,
    receives BOOLEAN NOT NULL,
    sees_marks BOOLEAN NOT NULL,
    sees_fees BOOLEAN NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_guardianships PRIMARY KEY (id),
    CONSTRAINT uq_guardianships_guardian_id_student_id UNIQUE (guardian_id, student_id),
    CONSTRAINT fk_guardianships_guardian_id FOREIGN KEY(guardian_id) REFERENCES guardians (id) ON DELETE CASCADE,
    CONSTRAINT fk_guardianships_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_guardianships_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_guardianships_student_id ON guardianships (student_id);
-- --
CREATE INDEX ix_guardianships_school_id ON guardianships (school_id);
-- --
CREATE INDEX ix_guardianships_guardian_id ON guardianships (guardian_id);
-- --
CREATE TABLE class_arms (
    level_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    arm VARCHAR NOT NULL,
    class_teacher_id UUID,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_class_arms PRIMARY KEY (id),
    CONSTRAINT uq_class_arms_school_id_name UNIQUE (school_id, name),
    CONSTRAINT fk_class_arms_level_id FOREIGN KEY(level_id) REFERENCES levels (id) ON DELETE CASCADE,
    CONSTRAINT fk_class_arms_class_teacher_id FOREIGN KEY(class_teacher_id) REFERENCES staff (id) ON DELETE SET NULL,
    CONSTRAINT fk_class_arms_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_class_arms_school_id ON class_arms (school_id);
-- --
CREATE INDEX ix_class_arms_level_id ON class_arms (level_id);
-- --
CREATE TABLE attendance_levels (
    student_id UUID NOT NULL,
    term_id UUID NOT NULL,
    reached INTEGER NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_attendance_levels PRIMARY KEY (id),
    CONSTRAINT uq_attendance_levels_student_id_term_id UNIQUE (student_id, term_id),
    CONSTRAINT fk_attendance_levels_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_attendance_levels_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_attendance_levels_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_attendance_levels_school_id ON attendance_levels (school_id);
-- --
CREATE TABLE audit_entries (
    user_id UUID,
    person_id UUID,
    who VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    door VARCHAR NOT NULL,
    tool VARCHAR NOT NULL,
    effect VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,
    arguments JSONB NOT NULL,
    outcome VARCHAR NOT NULL,
    approval_id UUID,
    approved_by VARCHAR,
    conversation_id UUID,
    request_id VARCHAR NOT NULL,
    undo_tool VARCHAR,
    undo_arguments JSONB,
    undo_note VARCHAR,
    undoes_id UUID,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_audit_entries PRIMARY KEY (id),
    CONSTRAINT fk_audit_entries_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_audit_entries_undoes_id FOREIGN KEY(undoes_id) REFERENCES audit_entries (id),
    CONSTRAINT fk_audit_entries_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_audit_entries_school_id ON audit_entries (school_id);
-- --
CREATE UNIQUE INDEX uq_audit_entries_undoes_id ON audit_entries (undoes_id);
-- --
CREATE INDEX ix_audit_entries_school_id_created_at ON audit_entries (school_id, created_at);
-- --
CREATE TABLE conduct_ratings (
    student_id UUID NOT NULL,
    term_id UUID NOT NULL,
    trait VARCHAR NOT NULL,
    rating INTEGER NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_conduct_ratings PRIMARY KEY (id),
    CONSTRAINT uq_conduct_ratings_student_id_term_id_trait UNIQUE (student_id, term_id, trait),
    CONSTRAINT ck_conduct_ratings_rating CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT fk_conduct_ratings_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_conduct_ratings_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_conduct_ratings_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_conduct_ratings_term_id ON conduct_ratings (term_id);
-- --
CREATE INDEX ix_conduct_ratings_school_id ON conduct_ratings (school_id);
-- --
CREATE TABLE conversations (
    user_id UUID,
    person_id UUID,
    door VARCHAR NOT NULL,
    address VARCHAR,
    title VARCHAR NOT NULL,
    focus JSONB NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_conversations PRIMARY KEY (id),
    CONSTRAINT fk_conversations_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_conversations_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_conversations_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_conversations_address ON conversations (school_id, door, address);
-- --
CREATE INDEX ix_conversations_user ON conversations (user_id, updated_at);
-- --
CREATE INDEX ix_conversations_school_id ON conversations (school_id);
-- --
CREATE TABLE documents (
    title VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    audience VARCHAR NOT NULL,
    subject_id UUID,
    level_id UUID,
    term_number SMALLINT,
    version_id UUID,
    passages INTEGER NOT NULL,
    terms INTEGER NOT NULL,
    uploaded_by UUID,
    uploader_person_id UUID,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT ck_documents_audience CHECK (audience IN ('staff', 'guardians', 'public')),
    CONSTRAINT fk_documents_subject_id FOREIGN KEY(subject_id) REFERENCES subjects (id) ON DELETE SET NULL,
    CONSTRAINT fk_documents_level_id FOREIGN KEY(level_id) REFERENCES levels (id) ON DELETE SET NULL,
    CONSTRAINT fk_documents_uploaded_by FOREIGN KEY(uploaded_by) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_documents_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_documents_searched ON documents (school_id, kind) WHERE deleted_at IS NULL;
-- --
CREATE INDEX ix_documents_school_id ON documents (school_id);
-- --
CREATE TABLE deliveries (
    notification_id UUID NOT NULL,
    event_id UUID NOT NULL,
    person_id UUID NOT NULL,
    channel VARCHAR NOT NULL,
    address VARCHAR,
    text VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR,
    attempts INTEGER NOT NULL,
    provider VARCHAR,
    provider_message_id VARCHAR,
    segments INTEGER NOT NULL,
    cost NUMERIC(10, 4) NOT NULL,
    priority VARCHAR NOT NULL,
    extra JSONB NOT NULL,
    not_before TIMESTAMP WITH TIME ZONE,
    sent_at TIMESTAMP WITH TIME ZONE,
    delivered_at TIMESTAMP WITH TIME ZONE,
    read_at TIMESTAMP WITH TIME ZONE,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_deliveries PRIMARY KEY (id),
    CONSTRAINT uq_deliveries_event_id_person_id_channel UNIQUE (event_id, person_id, channel),
    CONSTRAINT ck_deliveries_attempts CHECK (attempts >= 0),
    CONSTRAINT fk_deliveries_notification_id FOREIGN KEY(notification_id) REFERENCES notifications (id) ON DELETE CASCADE,
    CONSTRAINT fk_deliveries_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_deliveries_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_deliveries_state ON deliveries (school_id, state);
-- --
CREATE INDEX ix_deliveries_notification_id ON deliveries (notification_id);
-- --
CREATE INDEX ix_deliveries_school_id ON deliveries (school_id);
-- --
CREATE INDEX ix_deliveries_provider_message ON deliveries (provider, provider_message_id);
-- --
CREATE TABLE runs (
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER,
    message VARCHAR NOT NULL,
    payload JSONB NOT NULL,
    result JSONB,
    error JSONB,
    started_by UUID,
    person_id UUID,
    started_at TIMESTAMP WITH TIME ZONE,
    finished_at TIMESTAMP WITH TIME ZONE,
    beat_at TIMESTAMP WITH TIME ZONE,
    cancel_asked BOOLEAN NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_runs PRIMARY KEY (id),
    CONSTRAINT ck_runs_status CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    CONSTRAINT fk_runs_started_by FOREIGN KEY(started_by) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_runs_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_runs_school_created ON runs (school_id, created_at);
-- --
CREATE INDEX ix_runs_school_id ON runs (school_id);
-- --
CREATE TABLE fee_payments (
    student_id UUID NOT NULL,
    amount NUMERIC(12, 2) NOT NULL,
    paid_on DATE NOT NULL,
    method VARCHAR NOT NULL,
    reference VARCHAR,
    recorded_by UUID,
    taken_back_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_fee_payments PRIMARY KEY (id),
    CONSTRAINT ck_fee_payments_amount CHECK (amount > 0),
    CONSTRAINT fk_fee_payments_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_fee_payments_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_fee_payments_student_id ON fee_payments (student_id);
-- --
CREATE INDEX ix_fee_payments_school_id ON fee_payments (school_id);
-- --
CREATE UNIQUE INDEX uq_fee_payments_reference ON fee_payments (school_id, reference) WHERE reference IS NOT NULL AND taken_back_at IS NULL;
-- --
CREATE TABLE fee_plans (
    term_id UUID NOT NULL,
    fee VARCHAR NOT NULL,
    send_on DATE NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    cancelled_at TIMESTAMP WITH TIME ZONE,
    reminded INTEGER NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_fee_plans PRIMARY KEY (id),
    CONSTRAINT fk_fee_plans_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_fee_plans_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_fee_plans_send_on ON fee_plans (school_id, send_on);
-- --
CREATE INDEX ix_fee_plans_school_id ON fee_plans (school_id);
-- --
CREATE TABLE files (
    name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    owner_user_id UUID,
    expires_at TIMESTAMP WITH TIME ZONE,
    deleted_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_files PRIMARY KEY (id),
    CONSTRAINT uq_files_key UNIQUE (key),
    CONSTRAINT fk_files_owner_user_id FOREIGN KEY(owner_user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_files_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_files_school_id ON files (school_id);
-- --
CREATE TABLE handovers (
    channel VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    person_id UUID NOT NULL,
    status VARCHAR NOT NULL,
    owner_user_id UUID,
    owner VARCHAR,
    taken_at TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_handovers PRIMARY KEY (id),
    CONSTRAINT ck_handovers_status CHECK (status IN ('waiting', 'owned', 'closed')),
    CONSTRAINT fk_handovers_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_handovers_owner_user_id FOREIGN KEY(owner_user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_handovers_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_handovers_school_id ON handovers (school_id);
-- --
CREATE UNIQUE INDEX uq_handovers_open ON handovers (school_id, address) WHERE status <> 'closed';
-- --
CREATE INDEX ix_handovers_status ON handovers (school_id, status, last_at);
-- --
CREATE TABLE remarks (
    student_id UUID NOT NULL,
    term_id UUID NOT NULL,
    author VARCHAR NOT NULL,
    subject_id UUID,
    text VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    written_by UUID,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_remarks PRIMARY KEY (id),
    CONSTRAINT uq_remarks_student_id_term_id_author_subject_id UNIQUE NULLS NOT DISTINCT (student_id, term_id, author, subject_id),
    CONSTRAINT ck_remarks_author CHECK (author IN ('subject_teacher', 'class_teacher', 'principal')),
    CONSTRAINT ck_remarks_subject CHECK ((author = 'subject_teacher') = (subject_id IS NOT NULL)),
    CONSTRAINT fk_remarks_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_remarks_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_remarks_subject_id FOREIGN KEY(subject_id) REFERENCES subjects (id) ON DELETE CASCADE,
    CONSTRAINT fk_remarks_written_by FOREIGN KEY(written_by) REFERENCES people (id) ON DELETE SET NULL,
    CONSTRAINT fk_remarks_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_remarks_school_id ON remarks (school_id);
-- --
CREATE INDEX ix_remarks_term_id ON remarks (term_id);
-- --
CREATE TABLE issued_cards (
    code VARCHAR NOT NULL,
    student_id UUID NOT NULL,
    term_id UUID NOT NULL,
    initials VARCHAR NOT NULL,
    class_arm VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    average NUMERIC(5, 2),
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_issued_cards PRIMARY KEY (id),
    CONSTRAINT uq_issued_cards_school_id_code UNIQUE (school_id, code),
    CONSTRAINT uq_issued_cards_student_id_term_id UNIQUE (student_id, term_id),
    CONSTRAINT fk_issued_cards_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_issued_cards_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_issued_cards_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_issued_cards_school_id ON issued_cards (school_id);
-- --
CREATE TABLE report_links (
    token_hash VARCHAR NOT NULL,
    student_id UUID NOT NULL,
    term_id UUID NOT NULL,
    guardian_id UUID NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_report_links PRIMARY KEY (id),
    CONSTRAINT uq_report_links_school_id_token_hash UNIQUE (school_id, token_hash),
    CONSTRAINT fk_report_links_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_report_links_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_report_links_guardian_id FOREIGN KEY(guardian_id) REFERENCES guardians (id) ON DELETE CASCADE,
    CONSTRAINT fk_report_links_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_report_links_school_id ON report_links (school_id);
-- --
CREATE TABLE report_holds (
    student_id UUID NOT NULL,
    term_id UUID NOT NULL,
    reason VARCHAR NOT NULL,
    placed_by UUID,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_report_holds PRIMARY KEY (id),
    CONSTRAINT uq_report_holds_student_id_term_id UNIQUE (student_id, term_id),
    CONSTRAINT fk_report_holds_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_report_holds_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_report_holds_placed_by FOREIGN KEY(placed_by) REFERENCES people (id) ON DELETE SET NULL,
    CONSTRAINT fk_report_holds_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_report_holds_school_id ON report_holds (school_id);
-- --
CREATE TABLE refresh_tokens (
    user_id UUID NOT NULL,
    family_id UUID NOT NULL,
    token_hash VARCHAR NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_refresh_tokens PRIMARY KEY (id),
    CONSTRAINT fk_refresh_tokens_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_refresh_tokens_token_hash UNIQUE (token_hash),
    CONSTRAINT fk_refresh_tokens_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_refresh_tokens_user_id ON refresh_tokens (user_id);
-- --
CREATE INDEX ix_refresh_tokens_school_id ON refresh_tokens (school_id);
-- --
CREATE INDEX ix_refresh_tokens_family_id ON refresh_tokens (family_id);
-- --
CREATE TABLE api_keys (
    user_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    prefix VARCHAR NOT NULL,
    key_hash VARCHAR NOT NULL,
    scopes JSONB NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    last_used_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_api_keys PRIMARY KEY (id),
    CONSTRAINT fk_api_keys_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT uq_api_keys_key_hash UNIQUE (key_hash),
    CONSTRAINT fk_api_keys_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_api_keys_user_id ON api_keys (user_id);
-- --
CREATE INDEX ix_api_keys_school_id ON api_keys (school_id);
-- --
CREATE TABLE slack_workspaces (
    team_id VARCHAR NOT NULL,
    enterprise_id VARCHAR,
    name VARCHAR NOT NULL,
    app_id VARCHAR NOT NULL,
    bot_id VARCHAR NOT NULL,
    bot_user_id VARCHAR NOT NULL,
    tokens VARCHAR NOT NULL,
    scopes JSONB NOT NULL,
    installed_by UUID,
    removed_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_slack_workspaces PRIMARY KEY (id),
    CONSTRAINT uq_slack_workspaces_team_id UNIQUE (team_id),
    CONSTRAINT fk_slack_workspaces_installed_by FOREIGN KEY(installed_by) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_slack_workspaces_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_slack_workspaces_school_id ON slack_workspaces (school_id);
-- --
CREATE TABLE teaching (
    teacher_id UUID NOT NULL,
    subject_id UUID NOT NULL,
    class_arm_id UUID NOT NULL,
    session_id UUID NOT NULL,
    periods_per_week INTEGER NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_teaching PRIMARY KEY (id),
    CONSTRAINT uq_teaching_class_arm_id_subject_id_session_id_teacher_id UNIQUE (class_arm_id, subject_id, session_id, teacher_id),
    CONSTRAINT fk_teaching_teacher_id FOREIGN KEY(teacher_id) REFERENCES staff (id) ON DELETE CASCADE,
    CONSTRAINT fk_teaching_subject_id FOREIGN KEY(subject_id) REFERENCES subjects (id) ON DELETE CASCADE,
    CONSTRAINT fk_teaching_class_arm_id FOREIGN KEY(class_arm_id) REFERENCES class_arms (id) ON DELETE CASCADE,
    CONSTRAINT fk_teaching_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE,
    CONSTRAINT fk_teaching_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_teaching_class_arm_id ON teaching (class_arm_id);
-- --
CREATE INDEX ix_teaching_school_id ON teaching (school_id);
-- --
CREATE INDEX ix_teaching_teacher_id ON teaching (teacher_id);
-- --
CREATE TABLE enrolments (
    student_id UUID NOT NULL,
    class_arm_id UUID NOT NULL,
    session_id UUID NOT NULL,
    joined_on DATE NOT NULL,
    left_on DATE,
    dropped_subjects JSONB NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_enrolments PRIMARY KEY (id),
    CONSTRAINT uq_enrolments_student_id_session_id_class_arm_id UNIQUE (student_id, session_id, class_arm_id),
    CONSTRAINT fk_enrolments_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_enrolments_class_arm_id FOREIGN KEY(class_arm_id) REFERENCES class_arms (id) ON DELETE CASCADE,
    CONSTRAINT fk_enrolments_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE,
    CONSTRAINT fk_enrolments_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_enrolments_student_id ON enrolments (student_id);
-- --
CREATE INDEX ix_enrolments_class_session ON enrolments (class_arm_id, session_id);
-- --
CREATE INDEX ix_enrolments_school_id ON enrolments (school_id);
-- --
CREATE TABLE registers (
    class_arm_id UUID NOT NULL,
    taken_on DATE NOT NULL,
    taken_by UUID,
    version INTEGER NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_registers PRIMARY KEY (id),
    CONSTRAINT uq_registers_class_arm_id_taken_on UNIQUE (class_arm_id, taken_on),
    CONSTRAINT fk_registers_class_arm_id FOREIGN KEY(class_arm_id) REFERENCES class_arms (id) ON DELETE CASCADE,
    CONSTRAINT fk_registers_taken_by FOREIGN KEY(taken_by) REFERENCES people (id) ON DELETE SET NULL,
    CONSTRAINT fk_registers_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_registers_school_id ON registers (school_id);
-- --
CREATE TABLE turns (
    conversation_id UUID NOT NULL,
    number INTEGER NOT NULL,
    client_id VARCHAR,
    said VARCHAR NOT NULL,
    files JSONB NOT NULL,
    status VARCHAR NOT NULL,
    reply VARCHAR NOT NULL,
    parts JSONB NOT NULL,
    messages JSONB NOT NULL,
    model VARCHAR,
    note VARCHAR,
    usage JSONB NOT NULL,
    error VARCHAR,
    finished_at TIMESTAMP WITH TIME ZONE,
    rating VARCHAR,
    rating_reason VARCHAR,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_turns PRIMARY KEY (id),
    CONSTRAINT uq_turns_conversation_id_number UNIQUE (conversation_id, number),
    CONSTRAINT ck_turns_status CHECK (status IN ('running', 'done', 'waiting', 'stopped', 'failed')),
    CONSTRAINT fk_turns_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id) ON DELETE CASCADE,
    CONSTRAINT fk_turns_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_turns_school_id ON turns (school_id);
-- --
CREATE UNIQUE INDEX uq_turns_conversation_client ON turns (conversation_id, client_id) WHERE client_id IS NOT NULL;
-- --
CREATE TABLE document_versions (
    document_id UUID NOT NULL,
    number SMALLINT NOT NULL,
    audience VARCHAR NOT NULL,
    file_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    media VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    error JSONB,
    pages INTEGER,
    passages INTEGER NOT NULL,
    terms INTEGER NOT NULL,
    warnings JSONB NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_document_versions PRIMARY KEY (id),
    CONSTRAINT uq_document_versions_document_id_number UNIQUE (document_id, number),
    CONSTRAINT ck_document_versions_status CHECK (status IN ('queued', 'reading', 'ready', 'failed')),
    CONSTRAINT fk_document_versions_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE,
    CONSTRAINT fk_document_versions_file_id FOREIGN KEY(file_id) REFERENCES files (id),
    CONSTRAINT fk_document_versions_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_document_versions_document_id ON document_versions (document_id);
-- --
CREATE INDEX ix_document_versions_school_id ON document_versions (school_id);
-- --
CREATE INDEX ix_document_versions_same_file ON document_versions (school_id, sha256);
-- --
CREATE TABLE delivery_attempts (
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    delivery_id UUID NOT NULL,
    number INTEGER NOT NULL,
    provider VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    duration_ms INTEGER NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    CONSTRAINT pk_delivery_attempts PRIMARY KEY (created_at, id),
    CONSTRAINT fk_delivery_attempts_delivery_id FOREIGN KEY(delivery_id) REFERENCES deliveries (id) ON DELETE CASCADE,
    CONSTRAINT fk_delivery_attempts_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
)
 PARTITION BY RANGE (created_at);
-- --
CREATE INDEX ix_delivery_attempts_school_id ON delivery_attempts (school_id);
-- --
CREATE INDEX ix_delivery_attempts_delivery_id ON delivery_attempts (delivery_id);
-- --
CREATE SCHEMA IF NOT EXISTS delivery_months;
-- --
CREATE TABLE delivery_months.other PARTITION OF delivery_attempts DEFAULT;
-- --
CREATE FUNCTION make_delivery_month(day date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE
        first date := date_trunc('month', day);
        name text := to_char(first, '"attempts_"YYYY_MM');
    BEGIN
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS delivery_months.%I PARTITION OF delivery_attempts FOR VALUES FROM (%L) TO (%L)',
            name, first::timestamptz, (first + interval '1 month')::timestamptz);
        RETURN name;
    END $$;
-- --
SELECT make_delivery_month((now() + make_interval(months => n))::date) FROM generate_series(0, 2) AS n;
-- --
CREATE TABLE score_sheets (
    class_arm_id UUID NOT NULL,
    subject_id UUID NOT NULL,
    term_id UUID NOT NULL,
    scheme_id UUID NOT NULL,
    state VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE,
    approved_at TIMESTAMP WITH TIME ZONE,
    published_at TIMESTAMP WITH TIME ZONE,
    release_on DATE,
    announced_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_score_sheets PRIMARY KEY (id),
    CONSTRAINT uq_score_sheets_class_arm_id_subject_id_term_id UNIQUE (class_arm_id, subject_id, term_id),
    CONSTRAINT ck_score_sheets_state CHECK (state IN ('draft', 'submitted', 'approved', 'published')),
    CONSTRAINT fk_score_sheets_class_arm_id FOREIGN KEY(class_arm_id) REFERENCES class_arms (id) ON DELETE CASCADE,
    CONSTRAINT fk_score_sheets_subject_id FOREIGN KEY(subject_id) REFERENCES subjects (id) ON DELETE CASCADE,
    CONSTRAINT fk_score_sheets_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_score_sheets_scheme_id FOREIGN KEY(scheme_id) REFERENCES assessment_schemes (id),
    CONSTRAINT fk_score_sheets_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_score_sheets_term_id ON score_sheets (term_id);
-- --
CREATE INDEX ix_score_sheets_school_id ON score_sheets (school_id);
-- --
CREATE TABLE export_schedules (
    user_id UUID NOT NULL,
    title VARCHAR NOT NULL,
    spec JSONB NOT NULL,
    every VARCHAR NOT NULL,
    next_on DATE NOT NULL,
    last_run_id UUID,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_export_schedules PRIMARY KEY (id),
    CONSTRAINT ck_export_schedules_every CHECK (every IN ('day', 'week', 'month')),
    CONSTRAINT fk_export_schedules_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_export_schedules_last_run_id FOREIGN KEY(last_run_id) REFERENCES runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_export_schedules_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_export_schedules_school_id ON export_schedules (school_id);
-- --
CREATE TABLE fee_items (
    term_id UUID NOT NULL,
    class_arm_id UUID,
    name VARCHAR NOT NULL,
    amount NUMERIC(12, 2) NOT NULL,
    due_on DATE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_fee_items PRIMARY KEY (id),
    CONSTRAINT uq_fee_items_term_id_class_arm_id_name UNIQUE NULLS NOT DISTINCT (term_id, class_arm_id, name),
    CONSTRAINT ck_fee_items_amount CHECK (amount > 0),
    CONSTRAINT fk_fee_items_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_fee_items_class_arm_id FOREIGN KEY(class_arm_id) REFERENCES class_arms (id) ON DELETE CASCADE,
    CONSTRAINT fk_fee_items_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_fee_items_term_id ON fee_items (term_id);
-- --
CREATE INDEX ix_fee_items_school_id ON fee_items (school_id);
-- --
CREATE TABLE handover_messages (
    handover_id UUID NOT NULL,
    source VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_handover_messages PRIMARY KEY (id),
    CONSTRAINT uq_handover_messages_handover_id_source UNIQUE (handover_id, source),
    CONSTRAINT ck_handover_messages_direction CHECK (direction IN ('in', 'out', 'note')),
    CONSTRAINT fk_handover_messages_handover_id FOREIGN KEY(handover_id) REFERENCES handovers (id) ON DELETE CASCADE,
    CONSTRAINT fk_handover_messages_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_handover_messages_school_id ON handover_messages (school_id);
-- --
CREATE INDEX ix_handover_messages_thread ON handover_messages (handover_id, id);
-- --
CREATE TABLE imports (
    kind VARCHAR NOT NULL,
    file_id UUID,
    file_name VARCHAR NOT NULL,
    person_id UUID,
    who VARCHAR NOT NULL,
    total INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    faulty INTEGER NOT NULL,
    faults JSONB NOT NULL,
    undo_key VARCHAR,
    undone_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_imports PRIMARY KEY (id),
    CONSTRAINT fk_imports_file_id FOREIGN KEY(file_id) REFERENCES files (id) ON DELETE SET NULL,
    CONSTRAINT fk_imports_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_imports_school_id ON imports (school_id);
-- --
CREATE INDEX ix_imports_school_id_created_at ON imports (school_id, created_at);
-- --
CREATE TABLE report_sets (
    class_arm_id UUID NOT NULL,
    term_id UUID NOT NULL,
    approvals JSONB NOT NULL,
    version INTEGER NOT NULL,
    release_on DATE,
    released_at TIMESTAMP WITH TIME ZONE,
    announced_at TIMESTAMP WITH TIME ZONE,
    returned JSONB,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_report_sets PRIMARY KEY (id),
    CONSTRAINT uq_report_sets_class_arm_id_term_id UNIQUE (class_arm_id, term_id),
    CONSTRAINT fk_report_sets_class_arm_id FOREIGN KEY(class_arm_id) REFERENCES class_arms (id) ON DELETE CASCADE,
    CONSTRAINT fk_report_sets_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE,
    CONSTRAINT fk_report_sets_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_report_sets_term_id ON report_sets (term_id);
-- --
CREATE INDEX ix_report_sets_school_id ON report_sets (school_id);
-- --
CREATE TABLE finished_cards (
    run_id UUID NOT NULL,
    student_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    key VARCHAR,
    size INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    fault VARCHAR,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_finished_cards PRIMARY KEY (id),
    CONSTRAINT uq_finished_cards_run_id_student_id UNIQUE (run_id, student_id),
    CONSTRAINT ck_finished_cards_outcome CHECK ((key IS NULL) <> (fault IS NULL)),
    CONSTRAINT fk_finished_cards_run_id FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE,
    CONSTRAINT fk_finished_cards_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_finished_cards_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_finished_cards_school_id ON finished_cards (school_id);
-- --
CREATE TABLE slack_members (
    workspace_id UUID NOT NULL,
    slack_user_id VARCHAR NOT NULL,
    user_id UUID NOT NULL,
    email VARCHAR NOT NULL,
    dm_channel VARCHAR,
    verified_at TIMESTAMP WITH TIME ZONE,
    code_hash VARCHAR,
    code_expires_at TIMESTAMP WITH TIME ZONE,
    code_tries INTEGER NOT NULL,
    codes_sent INTEGER NOT NULL,
    code_sent_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_slack_members PRIMARY KEY (id),
    CONSTRAINT uq_slack_members_workspace_id_slack_user_id UNIQUE (workspace_id, slack_user_id),
    CONSTRAINT fk_slack_members_workspace_id FOREIGN KEY(workspace_id) REFERENCES slack_workspaces (id) ON DELETE CASCADE,
    CONSTRAINT fk_slack_members_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_slack_members_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_slack_members_user_id ON slack_members (user_id);
-- --
CREATE INDEX ix_slack_members_school_id ON slack_members (school_id);
-- --
CREATE TABLE slack_requests (
    workspace_id UUID NOT NULL,
    key VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    body JSONB NOT NULL,
    progress JSONB NOT NULL,
    handled_at TIMESTAMP WITH TIME ZONE,
    outcome VARCHAR,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_slack_requests PRIMARY KEY (id),
    CONSTRAINT uq_slack_requests_workspace_id_key UNIQUE (workspace_id, key),
    CONSTRAINT fk_slack_requests_workspace_id FOREIGN KEY(workspace_id) REFERENCES slack_workspaces (id) ON DELETE CASCADE,
    CONSTRAINT fk_slack_requests_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_slack_requests_workspace_id ON slack_requests (workspace_id);
-- --
CREATE INDEX ix_slack_requests_school_id ON slack_requests (school_id);
-- --
CREATE INDEX ix_slack_requests_waiting ON slack_requests (created_at) WHERE handled_at IS NULL;
-- --
CREATE TABLE timetables (
    name VARCHAR NOT NULL,
    session_id UUID NOT NULL,
    state VARCHAR NOT NULL,
    problem JSONB NOT NULL,
    clock JSONB NOT NULL,
    version INTEGER NOT NULL,
    hard INTEGER NOT NULL,
    soft NUMERIC(12, 2) NOT NULL,
    bound NUMERIC(12, 2),
    improvements JSONB NOT NULL,
    reasons JSONB NOT NULL,
    seed INTEGER NOT NULL,
    run_id UUID,
    parent_id UUID,
    starts_on DATE,
    published_at TIMESTAMP WITH TIME ZONE,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_timetables PRIMARY KEY (id),
    CONSTRAINT uq_timetables_school_id_name UNIQUE (school_id, name),
    CONSTRAINT ck_timetables_state CHECK (state IN ('solving', 'draft', 'published', 'failed')),
    CONSTRAINT fk_timetables_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE,
    CONSTRAINT fk_timetables_run_id FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE SET NULL,
    CONSTRAINT fk_timetables_parent_id FOREIGN KEY(parent_id) REFERENCES timetables (id) ON DELETE SET NULL,
    CONSTRAINT fk_timetables_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_timetables_school_id ON timetables (school_id);
-- --
CREATE INDEX ix_timetables_current ON timetables (school_id, state, starts_on);
-- --
CREATE INDEX ix_timetables_run_id ON timetables (run_id);
-- --
CREATE TABLE attendance_marks (
    register_id UUID NOT NULL,
    student_id UUID NOT NULL,
    presence VARCHAR NOT NULL,
    minutes_late INTEGER,
    note VARCHAR NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_attendance_marks PRIMARY KEY (id),
    CONSTRAINT uq_attendance_marks_register_id_student_id UNIQUE (register_id, student_id),
    CONSTRAINT ck_attendance_marks_presence CHECK (presence IN ('present', 'absent', 'late', 'excused')),
    CONSTRAINT fk_attendance_marks_register_id FOREIGN KEY(register_id) REFERENCES registers (id) ON DELETE CASCADE,
    CONSTRAINT fk_attendance_marks_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_attendance_marks_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_attendance_marks_student_id ON attendance_marks (student_id);
-- --
CREATE INDEX ix_attendance_marks_school_id ON attendance_marks (school_id);
-- --
CREATE TABLE passages (
    document_id UUID NOT NULL,
    version_id UUID NOT NULL,
    position INTEGER NOT NULL,
    audience VARCHAR NOT NULL,
    path JSONB NOT NULL,
    text TEXT NOT NULL,
    marks JSONB NOT NULL,
    is_table BOOLEAN NOT NULL,
    embedding VECTOR(384) NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_passages PRIMARY KEY (id),
    CONSTRAINT uq_passages_version_id_position UNIQUE (version_id, position),
    CONSTRAINT fk_passages_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE,
    CONSTRAINT fk_passages_version_id FOREIGN KEY(version_id) REFERENCES document_versions (id) ON DELETE CASCADE,
    CONSTRAINT fk_passages_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_passages_school_id ON passages (school_id);
-- --
CREATE INDEX ix_passages_embedding ON passages USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64);
-- --
CREATE INDEX ix_passages_document_id ON passages (document_id);
-- --
CREATE TABLE postings (
    version_id UUID NOT NULL,
    audience VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    positions SMALLINT[] NOT NULL,
    counts SMALLINT[] NOT NULL,
    lengths SMALLINT[] NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_postings PRIMARY KEY (id),
    CONSTRAINT fk_postings_version_id FOREIGN KEY(version_id) REFERENCES document_versions (id) ON DELETE CASCADE,
    CONSTRAINT fk_postings_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_postings_school_id ON postings (school_id);
-- --
CREATE INDEX ix_postings_term ON postings (school_id, term);
-- --
CREATE INDEX ix_postings_version_id ON postings (version_id);
-- --
CREATE TABLE curriculum_items (
    identifier UUID NOT NULL,
    parent_id UUID,
    kind VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    subject_id UUID NOT NULL,
    level_id UUID NOT NULL,
    term_number SMALLINT NOT NULL,
    week VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    audience VARCHAR NOT NULL,
    document_id UUID,
    version_id UUID,
    page INTEGER,
    edited BOOLEAN NOT NULL,
    removed BOOLEAN NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_curriculum_items PRIMARY KEY (id),
    CONSTRAINT ck_curriculum_items_kind CHECK (kind IN ('topic', 'objective')),
    CONSTRAINT fk_curriculum_items_parent_id FOREIGN KEY(parent_id) REFERENCES curriculum_items (id) ON DELETE CASCADE,
    CONSTRAINT fk_curriculum_items_subject_id FOREIGN KEY(subject_id) REFERENCES subjects (id) ON DELETE CASCADE,
    CONSTRAINT fk_curriculum_items_level_id FOREIGN KEY(level_id) REFERENCES levels (id) ON DELETE CASCADE,
    CONSTRAINT fk_curriculum_items_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE,
    CONSTRAINT fk_curriculum_items_version_id FOREIGN KEY(version_id) REFERENCES document_versions (id) ON DELETE CASCADE,
    CONSTRAINT fk_curriculum_items_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_curriculum_items_school_id ON curriculum_items (school_id);
-- --
CREATE INDEX ix_curriculum_items_parent_id ON curriculum_items (parent_id);
-- --
CREATE INDEX ix_curriculum_items_document_id ON curriculum_items (document_id);
-- --
CREATE INDEX ix_curriculum_items_place ON curriculum_items (school_id, subject_id, level_id, term_number, position);
-- --
CREATE TABLE scores (
    sheet_id UUID NOT NULL,
    student_id UUID NOT NULL,
    component_id UUID NOT NULL,
    points NUMERIC(6, 2) NOT NULL,
    late BOOLEAN NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_scores PRIMARY KEY (id),
    CONSTRAINT uq_scores_sheet_id_student_id_component_id UNIQUE (sheet_id, student_id, component_id),
    CONSTRAINT ck_scores_points CHECK (points >= 0),
    CONSTRAINT fk_scores_sheet_id FOREIGN KEY(sheet_id) REFERENCES score_sheets (id) ON DELETE CASCADE,
    CONSTRAINT fk_scores_student_id FOREIGN KEY(student_id) REFERENCES students (id) ON DELETE CASCADE,
    CONSTRAINT fk_scores_component_id FOREIGN KEY(component_id) REFERENCES assessment_components (id),
    CONSTRAINT fk_scores_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_scores_school_id ON scores (school_id);
-- --
CREATE INDEX ix_scores_student_id ON scores (student_id);
-- --
CREATE TABLE timetable_lessons (
    timetable_id UUID NOT NULL,
    key VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    group_names JSONB NOT NULL,
    class_arm_ids JSONB NOT NULL,
    teacher_ids JSONB NOT NULL,
    teacher_names JSONB NOT NULL,
    duration INTEGER NOT NULL,
    day INTEGER,
    period INTEGER,
    room VARCHAR,
    locked BOOLEAN NOT NULL,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_timetable_lessons PRIMARY KEY (id),
    CONSTRAINT uq_timetable_lessons_timetable_id_key UNIQUE (timetable_id, key),
    CONSTRAINT ck_timetable_lessons_duration CHECK (duration >= 1),
    CONSTRAINT fk_timetable_lessons_timetable_id FOREIGN KEY(timetable_id) REFERENCES timetables (id) ON DELETE CASCADE,
    CONSTRAINT fk_timetable_lessons_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE INDEX ix_timetable_lessons_school_id ON timetable_lessons (school_id);
-- --
CREATE TABLE lesson_covers (
    timetable_id UUID NOT NULL,
    lesson_key VARCHAR NOT NULL,
    "on" DATE NOT NULL,
    absent_id UUID NOT NULL,
    cover_id UUID NOT NULL,
    cancelled_at TIMESTAMP WITH TIME ZONE,
    id UUID NOT NULL,
    school_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_lesson_covers PRIMARY KEY (id),
    CONSTRAINT fk_lesson_covers_timetable_id FOREIGN KEY(timetable_id) REFERENCES timetables (id) ON DELETE CASCADE,
    CONSTRAINT fk_lesson_covers_absent_id FOREIGN KEY(absent_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_lesson_covers_cover_id FOREIGN KEY(cover_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT fk_lesson_covers_school_id FOREIGN KEY(school_id) REFERENCES schools (id) ON DELETE CASCADE
);
-- --
CREATE UNIQUE INDEX uq_lesson_covers_arranged ON lesson_covers (school_id, timetable_id, lesson_key, "on", absent_id) WHERE cancelled_at IS NULL;
-- --
CREATE INDEX ix_lesson_covers_school_id ON lesson_covers (school_id);
-- --
CREATE INDEX ix_lesson_covers_day ON lesson_covers (school_id, "on");
-- --
ALTER TABLE schools ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE schools FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON schools;
-- --
CREATE POLICY school ON schools TO schoolos_app USING ((id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON schools;
-- --
CREATE POLICY owner ON schools TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON schools TO schoolos_app;
-- --
ALTER TABLE channel_accounts ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE channel_accounts FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON channel_accounts;
-- --
CREATE POLICY school ON channel_accounts TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON channel_accounts;
-- --
CREATE POLICY owner ON channel_accounts TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON channel_accounts TO schoolos_app;
-- --
ALTER TABLE channel_rules ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE channel_rules FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON channel_rules;
-- --
CREATE POLICY school ON channel_rules TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON channel_rules;
-- --
CREATE POLICY owner ON channel_rules TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON channel_rules TO schoolos_app;
-- --
ALTER TABLE event_receipts ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE event_receipts FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON event_receipts;
-- --
CREATE POLICY school ON event_receipts TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON event_receipts;
-- --
CREATE POLICY owner ON event_receipts TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON event_receipts TO schoolos_app;
-- --
ALTER TABLE holidays ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE holidays FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON holidays;
-- --
CREATE POLICY school ON holidays TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON holidays;
-- --
CREATE POLICY owner ON holidays TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON holidays TO schoolos_app;
-- --
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON idempotency_keys;
-- --
CREATE POLICY school ON idempotency_keys TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON idempotency_keys;
-- --
CREATE POLICY owner ON idempotency_keys TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO schoolos_app;
-- --
ALTER TABLE inbox ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE inbox FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON inbox;
-- --
CREATE POLICY school ON inbox TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON inbox;
-- --
CREATE POLICY owner ON inbox TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON inbox TO schoolos_app;
-- --
ALTER TABLE levels ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE levels FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON levels;
-- --
CREATE POLICY school ON levels TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON levels;
-- --
CREATE POLICY owner ON levels TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON levels TO schoolos_app;
-- --
ALTER TABLE message_templates ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE message_templates FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON message_templates;
-- --
CREATE POLICY school ON message_templates TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON message_templates;
-- --
CREATE POLICY owner ON message_templates TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON message_templates TO schoolos_app;
-- --
ALTER TABLE opt_outs ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE opt_outs FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON opt_outs;
-- --
CREATE POLICY school ON opt_outs TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON opt_outs;
-- --
CREATE POLICY owner ON opt_outs TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON opt_outs TO schoolos_app;
-- --
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON outbox;
-- --
CREATE POLICY school ON outbox TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON outbox;
-- --
CREATE POLICY owner ON outbox TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO schoolos_app;
-- --
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE people FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON people;
-- --
CREATE POLICY school ON people TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON people;
-- --
CREATE POLICY owner ON people TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON people TO schoolos_app;
-- --
ALTER TABLE risk_models ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE risk_models FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON risk_models;
-- --
CREATE POLICY school ON risk_models TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON risk_models;
-- --
CREATE POLICY owner ON risk_models TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON risk_models TO schoolos_app;
-- --
DROP POLICY IF EXISTS audience ON risk_models;
-- --
CREATE POLICY audience ON risk_models AS RESTRICTIVE TO schoolos_app USING (CASE current_setting('app.role', true) WHEN 'guardian' THEN audience <> 'staff' WHEN 'student' THEN audience = 'public' ELSE COALESCE(current_setting('app.role', true), '') <> '' END);
-- --
ALTER TABLE safeguarding_concerns ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE safeguarding_concerns FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON safeguarding_concerns;
-- --
CREATE POLICY school ON safeguarding_concerns TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON safeguarding_concerns;
-- --
CREATE POLICY owner ON safeguarding_concerns TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON safeguarding_concerns TO schoolos_app;
-- --
DROP POLICY IF EXISTS readers_select ON safeguarding_concerns;
-- --
CREATE POLICY readers_select ON safeguarding_concerns AS RESTRICTIVE FOR SELECT TO schoolos_app USING (EXISTS (SELECT 1 FROM safeguarding_adults a WHERE a.person_id = NULLIF(current_setting('app.person_id', true), '')::uuid) OR (current_setting('app.role', true) = 'head' AND NOT EXISTS (SELECT 1 FROM safeguarding_adults)));
-- --
DROP POLICY IF EXISTS readers_update ON safeguarding_concerns;
-- --
CREATE POLICY readers_update ON safeguarding_concerns AS RESTRICTIVE FOR UPDATE TO schoolos_app USING (EXISTS (SELECT 1 FROM safeguarding_adults a WHERE a.person_id = NULLIF(current_setting('app.person_id', true), '')::uuid) OR (current_setting('app.role', true) = 'head' AND NOT EXISTS (SELECT 1 FROM safeguarding_adults)));
-- --
DROP POLICY IF EXISTS readers_delete ON safeguarding_concerns;
-- --
CREATE POLICY readers_delete ON safeguarding_concerns AS RESTRICTIVE FOR DELETE TO schoolos_app USING (EXISTS (SELECT 1 FROM safeguarding_adults a WHERE a.person_id = NULLIF(current_setting('app.person_id', true), '')::uuid) OR (current_setting('app.role', true) = 'head' AND NOT EXISTS (SELECT 1 FROM safeguarding_adults)));
-- --
ALTER TABLE sandbox_messages ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE sandbox_messages FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON sandbox_messages;
-- --
CREATE POLICY school ON sandbox_messages TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON sandbox_messages;
-- --
CREATE POLICY owner ON sandbox_messages TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON sandbox_messages TO schoolos_app;
-- --
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON sessions;
-- --
CREATE POLICY school ON sessions TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON sessions;
-- --
CREATE POLICY owner ON sessions TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO schoolos_app;
-- --
ALTER TABLE subjects ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE subjects FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON subjects;
-- --
CREATE POLICY school ON subjects TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON subjects;
-- --
CREATE POLICY owner ON subjects TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON subjects TO schoolos_app;
-- --
ALTER TABLE timetable_setups ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE timetable_setups FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON timetable_setups;
-- --
CREATE POLICY school ON timetable_setups TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON timetable_setups;
-- --
CREATE POLICY owner ON timetable_setups TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON timetable_setups TO schoolos_app;
-- --
ALTER TABLE webhook_endpoints ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE webhook_endpoints FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON webhook_endpoints;
-- --
CREATE POLICY school ON webhook_endpoints TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON webhook_endpoints;
-- --
CREATE POLICY owner ON webhook_endpoints TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_endpoints TO schoolos_app;
-- --
ALTER TABLE assessment_schemes ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE assessment_schemes FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON assessment_schemes;
-- --
CREATE POLICY school ON assessment_schemes TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON assessment_schemes;
-- --
CREATE POLICY owner ON assessment_schemes TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON assessment_schemes TO schoolos_app;
-- --
ALTER TABLE contact_points ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE contact_points FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON contact_points;
-- --
CREATE POLICY school ON contact_points TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON contact_points;
-- --
CREATE POLICY owner ON contact_points TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON contact_points TO schoolos_app;
-- --
ALTER TABLE digest_choices ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE digest_choices FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON digest_choices;
-- --
CREATE POLICY school ON digest_choices TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON digest_choices;
-- --
CREATE POLICY owner ON digest_choices TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON digest_choices TO schoolos_app;
-- --
ALTER TABLE grading_scales ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE grading_scales FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON grading_scales;
-- --
CREATE POLICY school ON grading_scales TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON grading_scales;
-- --
CREATE POLICY owner ON grading_scales TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON grading_scales TO schoolos_app;
-- --
ALTER TABLE guardians ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE guardians FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON guardians;
-- --
CREATE POLICY school ON guardians TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON guardians;
-- --
CREATE POLICY owner ON guardians TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON guardians TO schoolos_app;
-- --
ALTER TABLE notification_preferences ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE notification_preferences FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON notification_preferences;
-- --
CREATE POLICY school ON notification_preferences TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON notification_preferences;
-- --
CREATE POLICY owner ON notification_preferences TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON notification_preferences TO schoolos_app;
-- --
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON notifications;
-- --
CREATE POLICY school ON notifications TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON notifications;
-- --
CREATE POLICY owner ON notifications TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications TO schoolos_app;
-- --
ALTER TABLE push_subscriptions ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE push_subscriptions FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON push_subscriptions;
-- --
CREATE POLICY school ON push_subscriptions TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON push_subscriptions;
-- --
CREATE POLICY owner ON push_subscriptions TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON push_subscriptions TO schoolos_app;
-- --
ALTER TABLE safeguarding_adults ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE safeguarding_adults FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON safeguarding_adults;
-- --
CREATE POLICY school ON safeguarding_adults TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON safeguarding_adults;
-- --
CREATE POLICY owner ON safeguarding_adults TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON safeguarding_adults TO schoolos_app;
-- --
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE staff FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON staff;
-- --
CREATE POLICY school ON staff TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON staff;
-- --
CREATE POLICY owner ON staff TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON staff TO schoolos_app;
-- --
ALTER TABLE students ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE students FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON students;
-- --
CREATE POLICY school ON students TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON students;
-- --
CREATE POLICY owner ON students TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON students TO schoolos_app;
-- --
ALTER TABLE terms ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE terms FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON terms;
-- --
CREATE POLICY school ON terms TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON terms;
-- --
CREATE POLICY owner ON terms TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON terms TO schoolos_app;
-- --
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE users FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON users;
-- --
CREATE POLICY school ON users TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON users;
-- --
CREATE POLICY owner ON users TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON users TO schoolos_app;
-- --
ALTER TABLE webhook_messages ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE webhook_messages FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON webhook_messages;
-- --
CREATE POLICY school ON webhook_messages TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON webhook_messages;
-- --
CREATE POLICY owner ON webhook_messages TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_messages TO schoolos_app;
-- --
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON api_keys;
-- --
CREATE POLICY school ON api_keys TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON api_keys;
-- --
CREATE POLICY owner ON api_keys TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON api_keys TO schoolos_app;
-- --
ALTER TABLE approvals ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE approvals FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON approvals;
-- --
CREATE POLICY school ON approvals TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON approvals;
-- --
CREATE POLICY owner ON approvals TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON approvals TO schoolos_app;
-- --
ALTER TABLE assessment_components ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE assessment_components FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON assessment_components;
-- --
CREATE POLICY school ON assessment_components TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON assessment_components;
-- --
CREATE POLICY owner ON assessment_components TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON assessment_components TO schoolos_app;
-- --
ALTER TABLE attendance_levels ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE attendance_levels FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON attendance_levels;
-- --
CREATE POLICY school ON attendance_levels TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON attendance_levels;
-- --
CREATE POLICY owner ON attendance_levels TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON attendance_levels TO schoolos_app;
-- --
ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON audit_entries;
-- --
CREATE POLICY school ON audit_entries TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON audit_entries;
-- --
CREATE POLICY owner ON audit_entries TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT ON audit_entries TO schoolos_app;
-- --
ALTER TABLE class_arms ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE class_arms FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON class_arms;
-- --
CREATE POLICY school ON class_arms TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON class_arms;
-- --
CREATE POLICY owner ON class_arms TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON class_arms TO schoolos_app;
-- --
ALTER TABLE conduct_ratings ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE conduct_ratings FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON conduct_ratings;
-- --
CREATE POLICY school ON conduct_ratings TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON conduct_ratings;
-- --
CREATE POLICY owner ON conduct_ratings TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON conduct_ratings TO schoolos_app;
-- --
ALTER TABLE conversations ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE conversations FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON conversations;
-- --
CREATE POLICY school ON conversations TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON conversations;
-- --
CREATE POLICY owner ON conversations TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON conversations TO schoolos_app;
-- --
ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON deliveries;
-- --
CREATE POLICY school ON deliveries TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON deliveries;
-- --
CREATE POLICY owner ON deliveries TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON deliveries TO schoolos_app;
-- --
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE documents FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON documents;
-- --
CREATE POLICY school ON documents TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON documents;
-- --
CREATE POLICY owner ON documents TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON documents TO schoolos_app;
-- --
DROP POLICY IF EXISTS audience ON documents;
-- --
CREATE POLICY audience ON documents AS RESTRICTIVE TO schoolos_app USING (CASE current_setting('app.role', true) WHEN 'guardian' THEN audience <> 'staff' WHEN 'student' THEN audience = 'public' ELSE COALESCE(current_setting('app.role', true), '') <> '' END);
-- --
ALTER TABLE fee_payments ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE fee_payments FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON fee_payments;
-- --
CREATE POLICY school ON fee_payments TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON fee_payments;
-- --
CREATE POLICY owner ON fee_payments TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON fee_payments TO schoolos_app;
-- --
ALTER TABLE fee_plans ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE fee_plans FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON fee_plans;
-- --
CREATE POLICY school ON fee_plans TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON fee_plans;
-- --
CREATE POLICY owner ON fee_plans TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON fee_plans TO schoolos_app;
-- --
ALTER TABLE files ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE files FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON files;
-- --
CREATE POLICY school ON files TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON files;
-- --
CREATE POLICY owner ON files TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON files TO schoolos_app;
-- --
ALTER TABLE grade_bands ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE grade_bands FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON grade_bands;
-- --
CREATE POLICY school ON grade_bands TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON grade_bands;
-- --
CREATE POLICY owner ON grade_bands TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON grade_bands TO schoolos_app;
-- --
ALTER TABLE guardianships ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE guardianships FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON guardianships;
-- --
CREATE POLICY school ON guardianships TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON guardianships;
-- --
CREATE POLICY owner ON guardianships TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON guardianships TO schoolos_app;
-- --
ALTER TABLE handovers ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE handovers FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON handovers;
-- --
CREATE POLICY school ON handovers TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON handovers;
-- --
CREATE POLICY owner ON handovers TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON handovers TO schoolos_app;
-- --
ALTER TABLE issued_cards ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE issued_cards FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON issued_cards;
-- --
CREATE POLICY school ON issued_cards TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON issued_cards;
-- --
CREATE POLICY owner ON issued_cards TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON issued_cards TO schoolos_app;
-- --
ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE refresh_tokens FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON refresh_tokens;
-- --
CREATE POLICY school ON refresh_tokens TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON refresh_tokens;
-- --
CREATE POLICY owner ON refresh_tokens TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_tokens TO schoolos_app;
-- --
ALTER TABLE remarks ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE remarks FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON remarks;
-- --
CREATE POLICY school ON remarks TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON remarks;
-- --
CREATE POLICY owner ON remarks TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON remarks TO schoolos_app;
-- --
ALTER TABLE report_holds ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE report_holds FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON report_holds;
-- --
CREATE POLICY school ON report_holds TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON report_holds;
-- --
CREATE POLICY owner ON report_holds TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON report_holds TO schoolos_app;
-- --
ALTER TABLE report_links ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE report_links FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON report_links;
-- --
CREATE POLICY school ON report_links TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON report_links;
-- --
CREATE POLICY owner ON report_links TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON report_links TO schoolos_app;
-- --
ALTER TABLE runs ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE runs FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON runs;
-- --
CREATE POLICY school ON runs TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON runs;
-- --
CREATE POLICY owner ON runs TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON runs TO schoolos_app;
-- --
ALTER TABLE slack_workspaces ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE slack_workspaces FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON slack_workspaces;
-- --
CREATE POLICY school ON slack_workspaces TO schoolos_app USING ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all')) WITH CHECK ((school_id = NULLIF(current_setting('app.school_id', true), '')::uuid OR current_setting('app.reach', true) = 'all'));
-- --
DROP POLICY IF EXISTS owner ON slack_workspaces;
-- --
CREATE POLICY owner ON slack_workspaces TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON slack_workspaces TO schoolos_app;
-- --
ALTER TABLE delivery_attempts ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE delivery_attempts FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON delivery_attempts;
-- --
CREATE POLICY school ON delivery_attempts TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON delivery_attempts;
-- --
CREATE POLICY owner ON delivery_attempts TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery_attempts TO schoolos_app;
-- --
ALTER TABLE document_versions ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE document_versions FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON document_versions;
-- --
CREATE POLICY school ON document_versions TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON document_versions;
-- --
CREATE POLICY owner ON document_versions TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON document_versions TO schoolos_app;
-- --
DROP POLICY IF EXISTS audience ON document_versions;
-- --
CREATE POLICY audience ON document_versions AS RESTRICTIVE TO schoolos_app USING (CASE current_setting('app.role', true) WHEN 'guardian' THEN audience <> 'staff' WHEN 'student' THEN audience = 'public' ELSE COALESCE(current_setting('app.role', true), '') <> '' END);
-- --
ALTER TABLE enrolments ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE enrolments FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON enrolments;
-- --
CREATE POLICY school ON enrolments TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON enrolments;
-- --
CREATE POLICY owner ON enrolments TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON enrolments TO schoolos_app;
-- --
ALTER TABLE export_schedules ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE export_schedules FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON export_schedules;
-- --
CREATE POLICY school ON export_schedules TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON export_schedules;
-- --
CREATE POLICY owner ON export_schedules TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON export_schedules TO schoolos_app;
-- --
ALTER TABLE fee_items ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE fee_items FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON fee_items;
-- --
CREATE POLICY school ON fee_items TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON fee_items;
-- --
CREATE POLICY owner ON fee_items TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON fee_items TO schoolos_app;
-- --
ALTER TABLE finished_cards ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE finished_cards FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON finished_cards;
-- --
CREATE POLICY school ON finished_cards TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON finished_cards;
-- --
CREATE POLICY owner ON finished_cards TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON finished_cards TO schoolos_app;
-- --
ALTER TABLE handover_messages ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE handover_messages FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON handover_messages;
-- --
CREATE POLICY school ON handover_messages TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON handover_messages;
-- --
CREATE POLICY owner ON handover_messages TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON handover_messages TO schoolos_app;
-- --
ALTER TABLE imports ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE imports FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON imports;
-- --
CREATE POLICY school ON imports TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON imports;
-- --
CREATE POLICY owner ON imports TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON imports TO schoolos_app;
-- --
ALTER TABLE registers ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE registers FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON registers;
-- --
CREATE POLICY school ON registers TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON registers;
-- --
CREATE POLICY owner ON registers TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON registers TO schoolos_app;
-- --
ALTER TABLE report_sets ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE report_sets FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON report_sets;
-- --
CREATE POLICY school ON report_sets TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON report_sets;
-- --
CREATE POLICY owner ON report_sets TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON report_sets TO schoolos_app;
-- --
ALTER TABLE score_sheets ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE score_sheets FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON score_sheets;
-- --
CREATE POLICY school ON score_sheets TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON score_sheets;
-- --
CREATE POLICY owner ON score_sheets TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON score_sheets TO schoolos_app;
-- --
ALTER TABLE slack_members ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE slack_members FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON slack_members;
-- --
CREATE POLICY school ON slack_members TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON slack_members;
-- --
CREATE POLICY owner ON slack_members TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON slack_members TO schoolos_app;
-- --
ALTER TABLE slack_requests ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE slack_requests FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON slack_requests;
-- --
CREATE POLICY school ON slack_requests TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON slack_requests;
-- --
CREATE POLICY owner ON slack_requests TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON slack_requests TO schoolos_app;
-- --
ALTER TABLE teaching ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE teaching FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON teaching;
-- --
CREATE POLICY school ON teaching TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON teaching;
-- --
CREATE POLICY owner ON teaching TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON teaching TO schoolos_app;
-- --
ALTER TABLE timetables ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE timetables FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON timetables;
-- --
CREATE POLICY school ON timetables TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON timetables;
-- --
CREATE POLICY owner ON timetables TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON timetables TO schoolos_app;
-- --
ALTER TABLE turns ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE turns FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON turns;
-- --
CREATE POLICY school ON turns TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON turns;
-- --
CREATE POLICY owner ON turns TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON turns TO schoolos_app;
-- --
ALTER TABLE attendance_marks ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE attendance_marks FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON attendance_marks;
-- --
CREATE POLICY school ON attendance_marks TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON attendance_marks;
-- --
CREATE POLICY owner ON attendance_marks TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON attendance_marks TO schoolos_app;
-- --
ALTER TABLE curriculum_items ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE curriculum_items FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON curriculum_items;
-- --
CREATE POLICY school ON curriculum_items TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON curriculum_items;
-- --
CREATE POLICY owner ON curriculum_items TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON curriculum_items TO schoolos_app;
-- --
DROP POLICY IF EXISTS audience ON curriculum_items;
-- --
CREATE POLICY audience ON curriculum_items AS RESTRICTIVE TO schoolos_app USING (CASE current_setting('app.role', true) WHEN 'guardian' THEN audience <> 'staff' WHEN 'student' THEN audience = 'public' ELSE COALESCE(current_setting('app.role', true), '') <> '' END);
-- --
ALTER TABLE lesson_covers ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE lesson_covers FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON lesson_covers;
-- --
CREATE POLICY school ON lesson_covers TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON lesson_covers;
-- --
CREATE POLICY owner ON lesson_covers TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON lesson_covers TO schoolos_app;
-- --
ALTER TABLE passages ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE passages FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON passages;
-- --
CREATE POLICY school ON passages TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON passages;
-- --
CREATE POLICY owner ON passages TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON passages TO schoolos_app;
-- --
DROP POLICY IF EXISTS audience ON passages;
-- --
CREATE POLICY audience ON passages AS RESTRICTIVE TO schoolos_app USING (CASE current_setting('app.role', true) WHEN 'guardian' THEN audience <> 'staff' WHEN 'student' THEN audience = 'public' ELSE COALESCE(current_setting('app.role', true), '') <> '' END);
-- --
ALTER TABLE postings ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE postings FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON postings;
-- --
CREATE POLICY school ON postings TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON postings;
-- --
CREATE POLICY owner ON postings TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON postings TO schoolos_app;
-- --
DROP POLICY IF EXISTS audience ON postings;
-- --
CREATE POLICY audience ON postings AS RESTRICTIVE TO schoolos_app USING (CASE current_setting('app.role', true) WHEN 'guardian' THEN audience <> 'staff' WHEN 'student' THEN audience = 'public' ELSE COALESCE(current_setting('app.role', true), '') <> '' END);
-- --
ALTER TABLE scores ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE scores FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON scores;
-- --
CREATE POLICY school ON scores TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON scores;
-- --
CREATE POLICY owner ON scores TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON scores TO schoolos_app;
-- --
ALTER TABLE timetable_lessons ENABLE ROW LEVEL SECURITY;
-- --
ALTER TABLE timetable_lessons FORCE ROW LEVEL SECURITY;
-- --
DROP POLICY IF EXISTS school ON timetable_lessons;
-- --
CREATE POLICY school ON timetable_lessons TO schoolos_app USING (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid) WITH CHECK (school_id = NULLIF(current_setting('app.school_id', true), '')::uuid);
-- --
DROP POLICY IF EXISTS owner ON timetable_lessons;
-- --
CREATE POLICY owner ON timetable_lessons TO CURRENT_USER USING (true) WITH CHECK (true);
-- --
GRANT SELECT, INSERT, UPDATE, DELETE ON timetable_lessons TO schoolos_app;
