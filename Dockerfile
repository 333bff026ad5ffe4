# One image for web, worker and beat; docker-compose.yml says which it is.
FROM python:3.13-slim AS dependencies
WORKDIR /srv/portal
RUN python -m venv /srv/venv
COPY pyproject.toml constraints.txt README.md ./
RUN /srv/venv/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /srv/state
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    CCN_STATE_DIR=/srv/state STATIC_ROOT=/srv/static
WORKDIR /srv/portal
COPY --from=dependencies /srv/venv /srv/venv
COPY . .
# Neither command speaks to the database; an address keeps them from starting the embedded one.
RUN DATABASE_URL=postgres://unused/unused python manage.py translations --compile \
    && DATABASE_URL=postgres://unused/unused python manage.py collectstatic --noinput
# From here on unsafe settings are refused.
ENV PRODUCTION=1
USER portal
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket", "config.wsgi:application"]
