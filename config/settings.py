"""Settings: with ``config/env.py`` the only reader of the environment.

Every variable read here stands in ``.env.example`` and is passed by ``docker-compose.yml``; a test compares the
three. Nothing else in the project looks at the environment. What production refuses stands in
``config/checks.py``.
"""

from django.utils.translation import gettext_lazy as _

from config.broker import FILE_QUEUE, transport_options
from config.embedded import is_embedded_url
from config.env import BASE_DIR, env, is_production, state_dir
from config.logs import configure_structlog, logging_config

STATE_DIR = state_dir()

# --- Who we are -------------------------------------------------------------------------------------------------
DEMO_SECRET = "demo-only-secret-key-never-used-in-production-0123456789"  # noqa: S105 - refused by config.checks
SECRET_KEY = env.str("SECRET_KEY", DEMO_SECRET)
DEBUG = env.bool("DEBUG", False)
PRODUCTION = is_production()
# Demo: fictitious accounts, a second factor offered but not demanded. Production settings refuse it.
DEMO = env.bool("DEMO", not PRODUCTION)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", "http://localhost:8000")

# --- Rooms ------------------------------------------------------------------------------------------------------
ROOMS = ["core", "places", "accounts", "law", "dossiers", "clusters", "api"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
    "drf_spectacular",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    *[f"{room}.apps.{room.capitalize()}Config" for room in ROOMS],
    "config.apps.HouseConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionIdleMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.LanguageMemoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "core.middleware.HistoryMiddleware",
    "law.middleware.LimitsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "core.context.portal",
                "accounts.context.accounts",
                "dossiers.context.notifications",
            ],
        },
    }
]

# --- Storage ----------------------------------------------------------------------------------------------------
EMBEDDED = is_embedded_url(env.str("DATABASE_URL", ""))
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://postgres@/ccn")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A row found by an index costs hardly more than the next one on a disk without moving parts, and in memory nothing.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c random_page_cost=1.1"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all web processes in production: counters of attempts must add up.
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(STATE_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploaded files are private: nothing maps a URL onto this folder; a view serves them after a permission check.
PRIVATE_ROOT = env.path("PRIVATE_ROOT", default=str(STATE_DIR / "private"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT)},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Every file is scanned before it is stored: "" (not at all), "signature" or "clamd://host:port"; see core/scanning.py.
FILE_SCANNER = env.str("FILE_SCANNER", "")

# --- Language, numbers, time ------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
# One catalogue a room, so that a room's words are translated where the room is worked on.
LOCALE_PATHS = [BASE_DIR / "locale" / room for room in ["config", *ROOMS]]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- Sign-in ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
# Leads everybody to the first page of their own work.
LOGIN_REDIRECT_URL = "/dossiers/start/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
# One address each; a new one takes the place of the old once the letter sent there was answered.
ACCOUNT_CHANGE_EMAIL = True
# Whoever sits down at an open session cannot turn the account over to another address.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# The session ends with the browser, with SESSION_SECONDS, or idle: nobody is remembered on a shared computer.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
# Failed sign-ins are counted by axes, which shows a page and can be unlocked; this coarser limit is for second factors.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,20/300s/key"}
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.keys.CodeForm",
    "authenticate_webauthn": "accounts.forms.keys.UseKeyForm",
    "reauthenticate_webauthn": "accounts.forms.keys.ConfirmByKeyForm",
    "add_webauthn": "accounts.forms.keys.AddKeyForm",
    "edit_webauthn": "accounts.forms.keys.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
# Nobody signs up alone: an invitation by letter has proven the address, the command line makes the first administrator.
MFA_ALLOW_UNVERIFIED_EMAIL = True
AXES_FAILURE_LIMIT = env.int("LOCKOUT_AFTER", 5)
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.lockout.username_of"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.show_lockout"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = env.int("SESSION_SECONDS", 8 * 3600)
# A session without a request for this long ends; 0 means no such limit, as in the demo by default.
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", 0 if DEMO else 30 * 60)
INVITATION_DAYS = env.int("INVITATION_DAYS", 7)

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Seconds to wait for a mail server that does not answer; the letter is tried again.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@localhost")

# --- Security ---------------------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", False)
SECURE_SSL_REDIRECT = HTTPS
# The container asks for its own health without the proxy in between.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# With HTTPS the reverse proxy stands in front, and the visitor's address is the one that it reports.
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if HTTPS else ["REMOTE_ADDR"]
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
# Whether all of a domain goes into the browsers' preload list is for the domain's owner to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Boundaries -------------------------------------------------------------------------------------------------
# How far the area inside a drawn boundary may be off the area on paper; no law sets this.
BOUNDARY_AREA_TOLERANCE_PERCENT = env.float("BOUNDARY_AREA_TOLERANCE_PERCENT", 2.0)

# --- Dossiers ---------------------------------------------------------------------------------------------------
# What a dossier code looks like; see dossiers/services/codes.py for what may stand in the braces.
DOSSIER_CODE = env.str("DOSSIER_CODE", "") or "H{province}.{commune}-{day:%y%m%d}-{number:04d}"

# --- Jobs -------------------------------------------------------------------------------------------------------
# The beat table stands in config/celery.py. Without a broker the queue is a folder; a task travels the same way.
QUEUE_FOLDER = STATE_DIR / "queue"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", FILE_QUEUE)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL, QUEUE_FOLDER)

# --- Logs -------------------------------------------------------------------------------------------------------
LOGGING = logging_config(as_json=PRODUCTION)
configure_structlog()
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# --- Tables, REST -----------------------------------------------------------------------------------------------
DJANGO_TABLES2_TEMPLATE = "components/table.html"
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],  # the querysets say who sees what
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.Pages",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "api.throttling.TokenThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "token": "600/min"},
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Industrial cluster portal",
    "VERSION": "1",
    "DESCRIPTION": "The registry of Viet Nam's industrial clusters, and its dossiers with what can be done on them. "
    "Areas in hectares, money in VND, rates in per cent; null means unknown or not computable, never zero.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "ENUM_NAME_OVERRIDES": {
        "ClusterTypeEnum": "clusters.choices.ClusterType",
        "StageEnum": "clusters.choices.Stage",
        "ProjectStageEnum": "clusters.choices.ProjectStage",
    },
}
