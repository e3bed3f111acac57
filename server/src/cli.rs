//! The command line. Every failure is one sentence.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{BufRead, IsTerminal};
use std::net::SocketAddr;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use sqlx::SqlitePool;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use trunkline_api::Role;
use trunkline_server::config::{Auth, Config, is_readable_by_others};
use trunkline_server::gateway::{App, NewUser, add_user, remove_user, set_password};
use trunkline_server::{db, serve};

/// Serves the Trunkline console and proxies its requests to the vendors.
#[derive(Parser)]
#[command(name = "trunkline-server", version)]
pub struct Options {
    /// The address to listen on.
    #[arg(long, env = "TRUNKLINE_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder of the database.
    #[arg(long, env = "TRUNKLINE_DATA", default_value = "data", global = true)]
    data: PathBuf,
    /// The configuration file; defaults to ./trunkline.toml if it exists.
    #[arg(long, env = "TRUNKLINE_CONFIG")]
    config: Option<PathBuf>,
    /// The folder of the built console; defaults to ./dist, then to dist beside this program.
    #[arg(long, env = "TRUNKLINE_ASSETS")]
    assets: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Manages users.
    User {
        #[command(subcommand)]
        action: UserAction,
    },
}

#[derive(Subcommand)]
enum UserAction {
    /// Adds a user. Prompts for the password on a terminal, otherwise reads the first line of standard input.
    Add(AddUser),
    /// Changes a user's password and ends the user's sessions. Reads the password as `add` does.
    Password {
        /// The user's name.
        name: String,
    },
    /// Removes a user and ends the user's sessions.
    Remove {
        /// The user's name.
        name: String,
    },
}

#[derive(Args)]
struct AddUser {
    /// The name to sign in with.
    name: String,
    /// The user's role.
    #[arg(long)]
    role: RoleName,
    /// The one-view agentID tied to the user.
    #[arg(long)]
    agent_id: Option<String>,
    /// The jtel UsersID tied to the user.
    #[arg(long)]
    users_id: Option<i64>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    Admin,
    Agent,
}

impl Options {
    /// Runs the chosen command; without one, the server.
    ///
    /// # Errors
    /// With one sentence for the operator.
    pub async fn run(self) -> Result<(), String> {
        match &self.command {
            Some(Command::User { action }) => run_user_command(&self.data, action).await,
            None => self.serve().await,
        }
    }

    async fn serve(self) -> Result<(), String> {
        let filter = EnvFilter::try_from_env("TRUNKLINE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal())
            .init();
        let default_file = PathBuf::from("trunkline.toml");
        let file = self.config.or_else(|| default_file.is_file().then_some(default_file));
        let config = Config::load(file.as_deref(), variables())?;
        let assets = find_assets(self.assets)?;
        if config.demo_users == Some(true) && !self.listen.ip().is_loopback() {
            tracing::warn!("demo_users is set, but there are demo users on loopback only");
        }
        // Bind the port first, so that a second start fails before it touches the first one's database.
        let listener = TcpListener::bind(self.listen).await.map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => format!("{} is in use by another program.", self.listen),
            _ => format!("Can't listen on {}: {error}.", self.listen),
        })?;
        let address = listener.local_addr().map_err(|error| format!("Can't listen: {error}."))?;
        let _lock = lock(&self.data)?;
        let pool = open(&self.data).await?;
        warn_of_risks(&config, &self.data);
        let state = App::new(pool, config, address, assets).await.map_err(|error| error.to_string())?;
        let shutdown = shutdown_signal()?;
        println!("Trunkline is at http://{address}");
        serve::serve(listener, state, shutdown).await.map_err(|error| format!("The server failed: {error}."))
    }
}

/// Locks the data folder against a second server, which would poll the vendors too and could not reach the first one's
/// streams. The operating system releases the lock when the process ends, however it ends.
fn lock(data: &Path) -> Result<File, String> {
    make_folder(data)?;
    let path = data.join("trunkline.lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = file.map_err(|error| format!("The lock {} can't be opened: {error}.", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(format!("Another server uses the data folder {}.", data.display())),
        Err(TryLockError::Error(error)) => Err(format!("The lock {} can't be taken: {error}.", path.display())),
    }
}

/// Warns about credentials and files that others could read.
fn warn_of_risks(config: &Config, data: &Path) {
    for (vendor, upstream) in &config.upstreams {
        let is_local = match upstream.url.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        if upstream.url.scheme() == "http" && !is_local && !matches!(upstream.auth, Auth::None) {
            tracing::warn!(
                vendor = vendor.key(),
                "its key goes to an http address on another machine: all on the way can read it"
            );
        }
    }
    let file = data.join("trunkline.db");
    if is_readable_by_others(&file) {
        tracing::warn!(file = %file.display(), "others on this machine can read the database: chmod 600");
    }
}

/// Returns the environment's variables, without those that are not UTF-8.
fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// Creates the data folder with mode 0700: it holds password hashes and the keys of external APIs.
fn make_folder(data: &Path) -> Result<(), String> {
    let created = DirBuilder::new().recursive(true).mode(0o700).create(data);
    created.map_err(|error| format!("The data folder {} can't be made: {error}.", data.display()))
}

async fn open(data: &Path) -> Result<SqlitePool, String> {
    make_folder(data)?;
    let file = data.join("trunkline.db");
    let created = OpenOptions::new().append(true).create(true).mode(0o600).open(&file);
    created.map_err(|error| format!("The database {} can't be opened: {error}.", file.display()))?;
    db::open(&file).await.map_err(|error| format!("The database {} can't be opened: {error}.", file.display()))
}

async fn run_user_command(data: &Path, action: &UserAction) -> Result<(), String> {
    match action {
        UserAction::Add(user) => add(data, user).await,
        UserAction::Password { name } => {
            let password = read_password()?;
            set_password(&open(data).await?, name, &password).await?;
            println!("{} has the new password, and is signed out everywhere.", name.trim());
            Ok(())
        }
        UserAction::Remove { name } => {
            remove_user(&open(data).await?, name).await?;
            println!("{} is gone.", name.trim());
            Ok(())
        }
    }
}

async fn add(data: &Path, user: &AddUser) -> Result<(), String> {
    let password = read_password()?;
    let pool = open(data).await?;
    let role = match user.role {
        RoleName::Admin => Role::Admin,
        RoleName::Agent => Role::Agent,
    };
    let new = NewUser { name: user.name.clone(), role, agent_id: user.agent_id.clone(), users_id: user.users_id };
    add_user(&pool, &new, &password).await?;
    println!("{} can sign in now.", user.name.trim());
    Ok(())
}

/// Prompts twice on a terminal, otherwise reads one line. Never takes a password from the arguments, which every
/// process can read.
fn read_password() -> Result<String, String> {
    let failed = |error: std::io::Error| format!("The password can't be read: {error}.");
    if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ").map_err(failed)?;
        let second = rpassword::prompt_password("Again: ").map_err(failed)?;
        return if first == second { Ok(first) } else { Err("The two passwords differ.".to_owned()) };
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Returns the option's folder, ./dist or dist beside the program, in this order; `None` if none exists, so that the
/// gateway serves only its API. Errors if the option's folder does not exist.
fn find_assets(option: Option<PathBuf>) -> Result<Option<PathBuf>, String> {
    if let Some(folder) = option {
        return if folder.is_dir() {
            Ok(Some(folder))
        } else {
            Err(format!("The folder of the console {} is not there.", folder.display()))
        };
    }
    let beside_program = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("dist")));
    let found = [Some(PathBuf::from("dist")), beside_program].into_iter().flatten().find(|folder| folder.is_dir());
    if found.is_none() {
        tracing::warn!("the console's files were not found: only the API is served");
    }
    Ok(found)
}

/// Returns a future that completes on SIGTERM or SIGINT. Errors if the handlers can't be installed.
fn shutdown_signal() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    let failed = |error: std::io::Error| format!("Signals can't be heard: {error}.");
    let mut term = signal(SignalKind::terminate()).map_err(failed)?;
    let mut int = signal(SignalKind::interrupt()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    })
}
