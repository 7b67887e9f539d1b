package upload

// Storage that speaks S3 as target.

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

type s3Target struct {
	client *minio.Client
	bucket string
	prefix string
}

// openS3 opens s3://bucket/folder; the server is that of ?endpoint=, else Amazon's.
func openS3(u *url.URL, opt OpenOptions) (Target, error) {
	id, secret := opt.Env("AWS_ACCESS_KEY_ID"), opt.Env("AWS_SECRET_ACCESS_KEY")
	if id == "" || secret == "" {
		return nil, &UseError{"there is no key; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"}
	}
	endpoint, secure := u.Query().Get("endpoint"), true
	if endpoint == "" {
		endpoint = "s3.amazonaws.com"
	}
	if rest, plain := strings.CutPrefix(endpoint, "http://"); plain {
		endpoint, secure = rest, false
		if !opt.Plain && !loopback(endpoint) {
			return nil, &UseError{endpoint + " is not encrypted; use https, or allow it with --plain"}
		}
	}
	endpoint = strings.TrimSuffix(strings.TrimPrefix(endpoint, "https://"), "/")
	client, err := minio.New(endpoint, &minio.Options{Creds: credentials.NewStaticV4(id, secret, opt.Env("AWS_SESSION_TOKEN")), Secure: secure,
		Region: u.Query().Get("region"), Transport: opt.transport(8), MaxRetries: cmp.Or(opt.tries, 3)})
	if err != nil {
		return nil, err
	}
	return &s3Target{client, u.Host, strings.Trim(u.Path, "/")}, nil
}

func (t *s3Target) key(name string) string { return path.Join(t.prefix, name) }

func missingS3(err error) error {
	if code := minio.ToErrorResponse(err); code.Code == minio.NoSuchKey || code.StatusCode == http.StatusNotFound && code.Code != "NoSuchBucket" {
		return errors.Join(fs.ErrNotExist, err)
	}
	return err
}

func (t *s3Target) Get(ctx context.Context, name string) ([]byte, error) {
	o, err := t.client.GetObject(ctx, t.bucket, t.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, missingS3(err)
	}
	defer o.Close()
	raw, err := readAll(o)
	return raw, missingS3(err)
}

func (t *s3Target) Put(ctx context.Context, name string, data []byte, forever bool) error {
	_, err := t.client.PutObject(ctx, t.bucket, t.key(name), reader(data), int64(len(data)), minio.PutObjectOptions{ContentType: mediaType(name), CacheControl: caching(forever)})
	return err
}

func (t *s3Target) Size(ctx context.Context, name string) (int64, error) {
	info, err := t.client.StatObject(ctx, t.bucket, t.key(name), minio.StatObjectOptions{})
	return info.Size, missingS3(err)
}

func (t *s3Target) Remove(ctx context.Context, name string) error {
	return t.client.RemoveObject(ctx, t.bucket, t.key(name), minio.RemoveObjectOptions{})
}

func (t *s3Target) Parallel() int { return 8 }
func (t *s3Target) Close() error  { return nil }

// caching is how long a browser may keep a file: one named by its content for a
// year, all others only until it has asked again.
func caching(forever bool) string {
	if forever {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

// mediaType is the type of a file, the same on every machine.
func mediaType(name string) string {
	known := map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
		".svg": "image/svg+xml", ".xml": "application/xml", ".atom": "application/atom+xml; charset=utf-8", ".ics": "text/calendar; charset=utf-8", ".txt": "text/plain; charset=utf-8",
		".csv": "text/csv; charset=utf-8", ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif",
		".avif": "image/avif", ".ico": "image/x-icon", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json", ".jsonld": "application/ld+json", ".zip": "application/zip",
		".mp3": "audio/mpeg", ".mp4": "video/mp4", ".vcf": "text/vcard; charset=utf-8", ".rtf": "application/rtf", ".doc": "application/msword", ".xls": "application/vnd.ms-excel",
		".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet"}
	ext := strings.ToLower(path.Ext(name))
	if t, ok := known[ext]; ok {
		return t
	}
	return "application/octet-stream"
}
