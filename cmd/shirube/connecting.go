package main

import (
	"path/filepath"

	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/store/vault"
)

// connecting says what connections may reach, and where the key of their secrets lies.
type connecting struct {
	SecretKey    string   `placeholder:"FILE" env:"SHIRUBE_SECRET_KEY" help:"${help_secret_key}"`
	AllowNetwork []string `placeholder:"CIDR" env:"SHIRUBE_ALLOW_NETWORK" help:"${help_allow_network}"`
	SQLiteFolder string   `name:"sqlite-folder" placeholder:"DIR" env:"SHIRUBE_SQLITE_FOLDER" help:"${help_sqlite_folder}"`
}

// vault is where the secrets' key is: in the data folder unless told otherwise.
func (c connecting) vault(folder string) *vault.Vault {
	path := c.SecretKey
	if path == "" {
		path = filepath.Join(folder, vault.KeyFile)
	}
	return vault.At(path, nil)
}

func (c connecting) puller() (*connect.Puller, error) {
	allowed, err := connect.ParseNetworks(c.AllowNetwork)
	if err != nil {
		return nil, usage("--allow-network が読めません(%[1]v)。10.0.0.0/8 のように書いてください。", "--allow-network cannot be read: %[1]v.", err)
	}
	return &connect.Puller{Guard: &connect.Guard{Allowed: allowed}, Folder: c.SQLiteFolder}, nil
}
