# The site as an image: the same one runs web, worker and every command.
# Debian, not Alpine: OpenCC comes without a wheel for musl.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /site
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --require-hashes --only-binary=:all: -r requirements.txt
COPY . .
RUN /venv/bin/python -m detwin.catalogs
# Collecting static files needs settings, but no secret of any site.
RUN DEBUG=false ALLOWED_HOSTS=build SECRET_KEY=build LINK_KEY=build \
    INDEX_KEY=build CODE_KEY=build SUBSCRIBER_KEYS=build \
    /venv/bin/python manage.py collectstatic --noinput
RUN /venv/bin/python -m compileall -q /site

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent \
      --shell /usr/sbin/nologin detwin \
    && install --directory --owner=detwin --group=detwin --mode=700 /keys /pictures \
      /media \
    # The worker draws the titles of petitions, in Chinese too.
    && apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /venv /venv
COPY --from=build /site /site
WORKDIR /site
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    KEYS_DIR=/keys \
    PICTURES_DIR=/pictures \
    MEDIA_DIR=/media \
    WEB_CONCURRENCY=3
USER detwin
VOLUME /keys /pictures /media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-m", "detwin.healthcheck"]
# No access log: paths carry signers' links. No control socket: nobody needs it.
CMD ["gunicorn", "detwin.wsgi", "--bind=0.0.0.0:8000", "--no-control-socket", \
     "--worker-tmp-dir=/dev/shm", "--max-requests=20000", \
     "--max-requests-jitter=2000", "--log-level=warning"]
