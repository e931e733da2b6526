package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/shirube/shirube/internal/server"
	"github.com/shirube/shirube/internal/share/access"
)

// entering says how people get in besides passwords, and how the house writes to them.
type entering struct {
	MailURL          string   `name:"mail-url" placeholder:"smtps://…" env:"SHIRUBE_MAIL_URL" help:"${help_mail_url}"`
	MailFrom         string   `name:"mail-from" placeholder:"ADDRESS" env:"SHIRUBE_MAIL_FROM" help:"${help_mail_from}"`
	MailPasswordFile string   `name:"mail-password-file" placeholder:"FILE" env:"SHIRUBE_MAIL_PASSWORD_FILE" help:"${help_mail_password_file}"`
	OIDCIssuer       string   `name:"oidc-issuer" placeholder:"https://…" env:"SHIRUBE_OIDC_ISSUER" help:"${help_oidc_issuer}"`
	OIDCClientID     string   `name:"oidc-client-id" placeholder:"ID" env:"SHIRUBE_OIDC_CLIENT_ID" help:"${help_oidc_client_id}"`
	OIDCSecretFile   string   `name:"oidc-client-secret-file" placeholder:"FILE" env:"SHIRUBE_OIDC_CLIENT_SECRET_FILE" help:"${help_oidc_secret_file}"`
	OIDCName         string   `name:"oidc-name" placeholder:"NAME" env:"SHIRUBE_OIDC_NAME" help:"${help_oidc_name}"`
	OIDCAllow        []string `name:"oidc-allow" placeholder:"DOMAIN" env:"SHIRUBE_OIDC_ALLOW" help:"${help_oidc_allow}"`
	OIDCJoin         string   `name:"oidc-join" placeholder:"WORKSPACE=ROLE" env:"SHIRUBE_OIDC_JOIN" help:"${help_oidc_join}"`
	OIDCTrustEmail   bool     `name:"oidc-trust-email" env:"SHIRUBE_OIDC_TRUST_EMAIL" help:"${help_oidc_trust_email}"`
	NoPasswords      bool     `name:"no-passwords" env:"SHIRUBE_NO_PASSWORDS" help:"${help_no_passwords}"`
}

// doors reads it all; nil for what is not said.
func (e entering) doors() (*server.HouseMail, *server.OIDC, error) {
	password, err := secretOf("SHIRUBE_MAIL_PASSWORD", e.MailPasswordFile)
	if err != nil {
		return nil, nil, err
	}
	house, err := server.ParseHouseMail(e.MailURL, e.MailFrom, password)
	if err != nil || e.OIDCIssuer == "" {
		return house, nil, err
	}
	secret, err := secretOf("SHIRUBE_OIDC_CLIENT_SECRET", e.OIDCSecretFile)
	if err != nil {
		return nil, nil, err
	}
	workspace, role, _ := strings.Cut(e.OIDCJoin, "=")
	issuer := &server.OIDC{
		Issuer: strings.TrimSpace(e.OIDCIssuer), ClientID: e.OIDCClientID, ClientSecret: secret, Name: e.OIDCName, Allow: e.OIDCAllow,
		Join: workspace, JoinRole: access.Role(role), TrustEmail: e.OIDCTrustEmail,
	}
	return house, issuer, issuer.Check()
}

// maxSecretFile is more than any secret has.
const maxSecretFile = 4 << 10

// secretOf is a secret from the environment or a file: on the command line others on the
// machine could read it.
func secretOf(variable, file string) (secret string, err error) {
	if file == "" {
		return os.Getenv(variable), nil
	}
	f, err := os.Open(file)
	if err != nil {
		return "", usage("秘密のファイル %s を開けません。", "The secret's file %s cannot be opened.", file)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	text, err := io.ReadAll(io.LimitReader(f, maxSecretFile+1))
	if err != nil {
		return "", fmt.Errorf("read the secret's file %q: %w", file, err)
	}
	if len(text) > maxSecretFile {
		return "", usage("秘密のファイル %s が大きすぎます。", "The secret's file %s is too large.", file)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}
