# The Atlas as an image: all it needs is inside, it asks no other host, and it writes to /tmp and its store only.
# docker build -t atmp-atlas .   docker run --read-only --tmpfs /tmp -p 8501:8501 atmp-atlas
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.txt deploy/constraints.txt ./
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt -c constraints.txt \
 && find /opt/venv -type d -name tests -path '*/site-packages/*' -prune -exec rm -rf {} +

FROM python:3.11-slim
COPY --from=build /opt/venv /opt/venv
WORKDIR /opt/atlas
COPY app.py CITATION.cff LICENSE requirements.txt ./
COPY .streamlit ./.streamlit
COPY mapping ./mapping
COPY pages ./pages
COPY data ./data
RUN /opt/venv/bin/python -m compileall -q mapping pages \
 && useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin atlas \
 && install -d -o atlas /var/lib/atlas /var/backups/atlas
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    PORT=8501 \
    ATLAS_STORE=/var/lib/atlas
USER 10001
EXPOSE 8501
VOLUME ["/var/lib/atlas"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/api/v1/ready', timeout=4)"]
CMD ["python", "app.py"]
